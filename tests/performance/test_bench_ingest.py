"""The measurement of ingest runs and its figures hold together; their size is not tested."""

import json
import subprocess
import sys
from pathlib import Path


def test_the_measurement_stores_each_read_once(open_folder: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "openanpr", "bench", "ingest", "--format", "json"),
            *("--seconds", "1", "--clients", "2", "--batch", "10", "--listed", "50"),
            *("--folder", str(open_folder)),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["duplicates_stored"] == 0
    assert figures["accepted"] > 0
    assert figures["answered_as_duplicates"] == 2 * 10
    assert figures["single_reads_per_second"] > 0
    assert figures["bytes_per_row"] > 0
    assert figures["fsync"] == figures["synchronous_commit"] == figures["full_page_writes"] == "on"
    assert figures["p50_ms"] <= figures["p99_ms"]
    assert list(open_folder.iterdir()) == []
