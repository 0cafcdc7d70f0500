"""Killing the database, ingest and both under load loses nothing and doubles nothing."""

import json
import subprocess
import sys
from pathlib import Path


def test_nothing_acknowledged_is_lost_or_doubled(open_folder: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "openanpr", "bench", "crash", "--format", "json"),
            *("--kills", "3", "--clients", "2", "--batch", "20", "--folder", str(open_folder)),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures.pop("acknowledged") > 0
    assert figures == {"lost": 0, "duplicated": 0, "kills": 3}
    assert list(open_folder.iterdir()) == []
