"""The measurement of alerts runs from the POST to the event; its times are not tested."""

import json
import subprocess
import sys
from pathlib import Path


def test_every_alert_is_measured_and_none_is_lost(open_folder: Path) -> None:
    run = subprocess.run(
        [
            *(sys.executable, "-m", "openanpr", "bench", "alert", "--format", "json"),
            *("--entries", "150", "--rate", "40", "--seconds", "4", "--alerts", "100"),
            *("--screens", "2", "--no-browser", "--folder", str(open_folder)),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    figures = json.loads(run.stdout)
    assert (figures["alerts"], figures["lost"], figures["screens_lost"]) == (100, 0, 0)
    assert (figures["entries"], figures["screens"], figures["client"]) == (150, 2, "plain")
    assert 0 < figures["p50_ms"] <= figures["p99_ms"]
    assert figures["live_memory_mb"] > 10
    assert figures["live_cpu_s"] > 0
    assert list(open_folder.iterdir()) == []
