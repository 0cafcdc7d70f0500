"""Weeks of the store: made ahead, made on demand, never for nonsense."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from psycopg import errors

from openanpr.reads.partitions import Partitions, week_of

pytestmark = pytest.mark.usefixtures("db")

NOW = datetime.now(UTC)


def weeks(connection: Any) -> set[str]:
    return {name for (name,) in connection.execute("select partition_weeks()").fetchall()}


def name_of(moment: datetime) -> str:
    return f"reads_{week_of(moment):%Y%m%d}"


def test_the_coming_weeks_stand_ready(connect_as: Any) -> None:
    ready = weeks(connect_as("openanpr_ingest"))
    for week in range(-4, 9):
        assert name_of(NOW + timedelta(weeks=week)) in ready


def test_a_missing_week_is_made_once(connect_as: Any) -> None:
    ingest = connect_as("openanpr_ingest")
    old = NOW - timedelta(days=500)
    known = Partitions()
    known.ensure(ingest, [old])
    made = weeks(ingest)
    assert name_of(old) in made
    known.forget()
    known.ensure(ingest, [old])
    assert weeks(ingest) == made


def test_a_week_begins_on_monday_at_midnight_utc() -> None:
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    assert week_of(monday) == monday.date()
    assert week_of(monday - timedelta(microseconds=1)) == monday.date() - timedelta(days=7)


@pytest.mark.security
@pytest.mark.parametrize(
    ("start", "end"),
    [
        (NOW, NOW + timedelta(days=400)),
        (NOW - timedelta(days=2000), NOW),
        (NOW - timedelta(days=9000), NOW - timedelta(days=8990)),
    ],
)
def test_nobody_fills_the_database_with_partitions(
    connect_as: Any, start: datetime, end: datetime
) -> None:
    with pytest.raises(errors.RaiseException):
        connect_as("openanpr_ingest").execute("select ensure_partitions(%s, %s)", (start, end))


@pytest.mark.security
def test_only_ingest_and_worker_make_partitions(connect_as: Any) -> None:
    for role in ("openanpr_web", "openanpr_search", "openanpr_live"):
        with pytest.raises(errors.InsufficientPrivilege):
            connect_as(role).execute("select ensure_partitions(now(), now())")
