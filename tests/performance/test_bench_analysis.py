"""The measurement of analysis plants, asks and counts; how well it does is not tested here."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from openanpr.cli.bench_analysis_planting import CLONED, JOURNEYS, plant, position_of
from openanpr.search.analysis.sightings import kilometres
from openanpr.vrm.fictional import is_fictional

END = datetime(2026, 9, 21, tzinfo=UTC)


def test_everything_planted_is_found_or_missed_and_counted(open_folder: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "openanpr", "bench", "analysis", "--format", "json"),
            *("--reads", "10000", "--commuters", "5", "--cases", "2"),
            *("--folder", str(open_folder)),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    company, second = figures["company"], figures["second_plates"]
    assert (company["planted"], company["commuters_asked"]) == (2 * len(JOURNEYS), 5)
    assert list(company["recall_by_journeys"]) == [str(one) for one in JOURNEYS]
    assert company["recall"] > 0
    assert figures["scenes"]["of_2"]["marks_common"] >= 2
    assert (second["cloned"], second["wrong_clocks"]) == (2 * len(CLONED), 2)
    assert second["recall"] > 0
    assert figures["onward"]["cases"] > 0
    assert list(open_folder.iterdir()) == []


def test_what_is_planted_is_the_same_each_time_and_lies_before_the_end() -> None:
    one, again = (plant(end=END, cases=2) for _ in range(2))
    assert one.together == again.together
    assert one.visited == again.visited
    assert [row.read.vrm for row in one.reads] == [row.read.vrm for row in again.reads]
    assert all(END - timedelta(days=14) < row.read.captured_at < END for row in one.reads)
    marks = {mark for pair in one.together for mark in (pair.leader, pair.follower)}
    assert len(marks) == 2 * len(one.together)
    assert all(map(is_fictional, marks))


def test_cameras_of_the_grid_stand_four_kilometres_apart() -> None:
    for other in (2, 11):
        assert abs(kilometres(position_of(1), position_of(other)) - 4) < 0.05
