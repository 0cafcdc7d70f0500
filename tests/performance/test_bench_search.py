"""The measurement of searches builds its store, keeps it, and asks; its times are not tested."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from openanpr.cli.bench_search_traffic import PLANTED, Traffic, mark_bytes, mark_of
from openanpr.vrm.fictional import is_fictional

KINDS = ["history", "place_time", "wildcard", "fuzzy", "common", "convoy"]


def measured(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            *(sys.executable, "-m", "openanpr", "bench", "search", "--format", "json"),
            *("--reads", "10000", "--rounds", "5", "--folder", str(folder), *more),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_the_store_is_kept_and_every_kind_is_asked(open_folder: Path) -> None:
    first = measured(open_folder)
    assert first.returncode == 0, first.stderr
    figures = json.loads(first.stdout)
    assert list(figures) == ["reads", *KINDS]
    assert figures["reads"] == 10_000
    assert all(0 < figures[kind]["p50_ms"] <= figures[kind]["p95_ms"] for kind in KINDS)
    assert [path.name for path in open_folder.iterdir()] == ["bench-search-10000"]
    again = measured(open_folder, "--incoming", "0", "--remove")
    assert again.returncode == 0, again.stderr
    assert list(open_folder.iterdir()) == []


def test_a_day_of_traffic_is_the_same_each_time_and_full_of_what_is_looked_for() -> None:
    traffic = Traffic(a_day=4000)
    tuesday, again = (traffic.day(8, weekday=1) for _ in range(2))
    assert len(tuesday.seconds) == 4000
    assert np.array_equal(tuesday.marks, again.marks)
    assert np.array_equal(tuesday.seconds, again.seconds)
    assert (np.diff(tuesday.seconds) >= 0).all()
    assert 10 < tuesday.misread.sum() < 200
    marks = [row.tobytes().decode() for row in tuesday.marks]
    assert {mark_of(vehicle) for vehicle in range(PLANTED)} & set(marks)
    sunday = traffic.day(13, weekday=6)
    rush = ((tuesday.seconds > 7 * 3600) & (tuesday.seconds < 9 * 3600)).mean()
    quiet = ((sunday.seconds > 7 * 3600) & (sunday.seconds < 9 * 3600)).mean()
    assert rush > quiet


def test_no_two_vehicles_share_a_mark_and_none_was_ever_issued() -> None:
    marks = {row.tobytes().decode() for row in mark_bytes(np.arange(20_000))}
    assert len(marks) == 20_000
    assert all(map(is_fictional, sorted(marks)[::100]))


@pytest.mark.parametrize("weekday", range(7))
def test_those_who_travel_together_stay_within_half_a_minute(weekday: int) -> None:
    day = Traffic(a_day=20_000).day(weekday, weekday=weekday)
    marks = [row.tobytes().decode() for row in day.marks]
    leader, follower = mark_of(0), mark_of(1)
    passes = {
        who: {
            (camera, when)
            for camera, when, mark in zip(day.cameras, day.seconds, marks, strict=True)
            if mark == who
        }
        for who in (leader, follower)
    }
    together = [
        camera
        for camera, when in passes[follower]
        if any(camera == other and abs(when - at) < 40 for other, at in passes[leader])
    ]
    assert bool(together) is (weekday in (1, 3, 5))
