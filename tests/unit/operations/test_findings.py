"""Each fact that is not well is told with what to do; what is well is told too."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from openanpr.operations.findings import GIGABYTE, Disk, Facts, Finding, Grade, findings_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WELL = Facts(
    disks=[Disk("the data folder", 400 * GIGABYTE, 1000 * GIGABYTE)],
    database_at=NOW,
    ingest="",
    live="",
    job_waits_since=NOW - timedelta(minutes=1),
    jobs_failed=0,
    hit_waits_since=NOW - timedelta(seconds=2),
    root_at=NOW - timedelta(minutes=40),
    certificate_at=NOW - timedelta(hours=20),
    backup_at=NOW - timedelta(hours=20),
    cameras_live=3,
    cameras_silent=0,
    cameras_clock_off=0,
    reads_missing=0,
    line_problem="",
    line_problem_since=None,
)


def found(**changes: object) -> list[Finding]:
    return findings_of(replace(WELL, **changes), at=NOW)  # type: ignore[arg-type]


def test_what_is_well_is_told_and_asks_for_nothing() -> None:
    assert {one.grade for one in found()} == {Grade.GOOD}
    assert [one.todo for one in found() if one.todo] == []
    assert len(found()) == 11


@pytest.mark.parametrize(
    ("changes", "name", "grade", "says"),
    [
        ({"database_at": None}, "Database", Grade.ACT, "does not answer"),
        ({"database_at": NOW - timedelta(seconds=3)}, "Clock", Grade.ACT, "3.0 s apart"),
        ({"disks": [Disk("d", GIGABYTE, 1000 * GIGABYTE)]}, "Disk of d", Grade.ACT, "1.0 GB"),
        ({"disks": [Disk("d", 9 * GIGABYTE, 100 * GIGABYTE)]}, "Disk of d", Grade.LOOK, "9%"),
        ({"disks": [Disk("d", 4 * GIGABYTE, 100 * GIGABYTE)]}, "Disk of d", Grade.ACT, "4%"),
        ({"ingest": "It does not answer."}, "Ingest", Grade.ACT, "does not answer"),
        ({"live": "It does not answer."}, "Live alerts", Grade.ACT, "does not answer"),
        (
            {"hit_waits_since": NOW - timedelta(minutes=4)},
            "Hits to alerts",
            Grade.ACT,
            "4 minutes",
        ),
        ({"job_waits_since": NOW - timedelta(hours=3)}, "Jobs", Grade.ACT, "3 hours"),
        ({"jobs_failed": 2}, "Failed jobs", Grade.LOOK, "2 failed"),
        (
            {"root_at": NOW - timedelta(hours=3)},
            "Signed roots of the audit",
            Grade.ACT,
            "3 hours old",
        ),
        ({"certificate_at": NOW - timedelta(days=3)}, "Retention", Grade.ACT, "3 days old"),
        ({"certificate_at": None}, "Retention", Grade.LOOK, "None was made"),
        ({"backup_at": NOW - timedelta(days=3)}, "Backups", Grade.LOOK, "3 days old"),
        ({"cameras_silent": 1}, "Cameras", Grade.LOOK, "2 of 3"),
        ({"cameras_clock_off": 1}, "Cameras' clocks", Grade.ACT, "1 are wrong"),
        ({"reads_missing": 1200}, "Missing reads", Grade.LOOK, "1,200 reads"),
        (
            {"line_problem": "Refused.", "line_problem_since": NOW - timedelta(hours=5)},
            "Line to the national centre",
            Grade.ACT,
            "Refused. For 5 hours.",
        ),
    ],
)
def test_what_is_not_well_stands_first_and_says_what_to_do(
    changes: dict[str, object], name: str, grade: Grade, says: str
) -> None:
    first = found(**changes)[0]
    assert (first.name, first.grade) == (name, grade)
    assert says in first.sentence
    assert first.todo


def test_without_a_database_only_what_is_known_is_told() -> None:
    names = {one.name for one in found(database_at=None)}
    assert names == {
        "Database", "Disk of the data folder", "Ingest", "Live alerts",
        "Line to the national centre",
    }  # fmt: skip


def test_no_line_is_no_finding() -> None:
    assert "Line to the national centre" not in {one.name for one in found(line_problem=None)}
