"""Attacks on the store by its own roles: what a bug in the program must not be able to show."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg import errors, sql
from tests.factories.reads import live_search, store_read

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("db")]

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)


def seen(connection: psycopg.Connection[Any], search_id: object) -> list[str]:
    """The marks that the search role sees while it names this live search."""
    with connection.transaction():
        connection.execute("select set_config('openanpr.search_id', %s, true)", (str(search_id),))
        rows = connection.execute("select vrm from reads order by vrm").fetchall()
    return [vrm for (vrm,) in rows]


@pytest.fixture
def search(connect_as: Any) -> psycopg.Connection[Any]:
    connection: psycopg.Connection[Any] = connect_as("openanpr_search")
    return connection


@pytest.fixture(autouse=True)
def reads() -> None:
    """Three reads: two of the last hour by cameras 1 and 2, one of yesterday."""
    store_read("OA30AAA", camera_id=1, captured_at=NOW - HOUR / 2)
    store_read("KB81ZZX", camera_id=2, captured_at=NOW - HOUR / 2)
    store_read("OA30AAA", camera_id=1, captured_at=NOW - 24 * HOUR)


def test_without_a_live_search_nothing_is_seen(search: psycopg.Connection[Any]) -> None:
    assert search.execute("select * from reads").fetchall() == []
    assert seen(search, "") == []


def test_a_live_search_shows_its_period_and_nothing_after_the_transaction(
    search: psycopg.Connection[Any],
) -> None:
    allowed = live_search(period_from=NOW - HOUR, period_to=NOW)
    assert seen(search, allowed) == ["KB81ZZX", "OA30AAA"]
    assert search.execute("select * from reads").fetchall() == []


def test_the_period_is_half_open(search: psycopg.Connection[Any]) -> None:
    moment = NOW - HOUR / 2
    microsecond = timedelta(microseconds=1)
    assert len(seen(search, live_search(period_from=moment, period_to=NOW))) == 2
    assert seen(search, live_search(period_from=moment - HOUR, period_to=moment)) == []
    assert seen(search, live_search(period_from=moment + microsecond, period_to=NOW)) == []


@pytest.mark.parametrize(
    ("restriction", "expected"),
    [
        ({"vrms": ["OA30AAA"]}, ["OA30AAA"]),
        ({"vrms": []}, []),
        ({"camera_ids": [2]}, ["KB81ZZX"]),
        ({"camera_ids": []}, []),
        ({"vrms": ["OA30AAA"], "camera_ids": [2]}, []),
    ],
)
def test_marks_and_cameras_of_the_live_search_restrict(
    search: psycopg.Connection[Any], restriction: dict[str, Any], expected: list[str]
) -> None:
    allowed = live_search(period_from=NOW - HOUR, period_to=NOW, **restriction)
    assert seen(search, allowed) == expected


def test_an_expired_search_shows_nothing(search: psycopg.Connection[Any]) -> None:
    over = live_search(
        period_from=NOW - HOUR, period_to=NOW, expires_at=datetime.now(UTC) - timedelta(seconds=1)
    )
    assert seen(search, over) == []


def test_an_invented_search_shows_nothing(search: psycopg.Connection[Any]) -> None:
    live_search(period_from=NOW - HOUR, period_to=NOW)
    assert seen(search, uuid.uuid4()) == []


def test_another_search_shows_what_that_one_allows_and_no_more(
    search: psycopg.Connection[Any],
) -> None:
    live_search(period_from=NOW - 48 * HOUR, period_to=NOW)
    narrow = live_search(period_from=NOW - HOUR, period_to=NOW, vrms=["KB81ZZX"])
    assert seen(search, narrow) == ["KB81ZZX"]


def test_something_that_is_no_id_shows_nothing(search: psycopg.Connection[Any]) -> None:
    with pytest.raises(errors.InvalidTextRepresentation):
        seen(search, "' or true --")


@pytest.mark.parametrize(
    "attempt",
    [
        "select * from live_search",
        "insert into live_search (id, investigation, account, period_from, period_to, expires_at) "
        "values (gen_random_uuid(), gen_random_uuid(), 1, '-infinity', 'infinity', 'infinity')",
        "update live_search set expires_at = 'infinity'",
        "select * from vrm_seen",
        "select * from read_image",
        "select * from hit",
        "insert into reads (vrm) values ('OA30AAA')",
        "update reads set vrm = 'KB81ZZX'",
        "delete from reads",
        "truncate reads",
        "alter table reads disable row level security",
        "drop policy reads_searched on reads",
        "create function search_from() returns timestamptz language sql as 'select now()'",
        "set role openanpr_owner",
    ],
)
def test_the_search_role_cannot_widen_what_it_sees(
    search: psycopg.Connection[Any], attempt: str
) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        search.execute(attempt)  # type: ignore[arg-type]


def test_a_temporary_table_does_not_stand_in_for_the_live_searches(
    search: psycopg.Connection[Any],
) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        search.execute("create temporary table live_search (id uuid)")


def test_no_partition_can_be_read_by_itself(
    search: psycopg.Connection[Any], superuser: psycopg.Connection[Any]
) -> None:
    rows = superuser.execute("select partition_weeks()").fetchall()
    assert len(rows) > 10
    for (name,) in rows:
        with pytest.raises(errors.InsufficientPrivilege):
            search.execute(sql.SQL("select * from {}").format(sql.Identifier(name)))


@pytest.mark.parametrize(
    "role", ["openanpr_web", "openanpr_live", "openanpr_worker", "openanpr_owner"]
)
def test_no_other_role_reads_reads(connect_as: Any, role: str) -> None:
    connection = connect_as(role)
    if role == "openanpr_owner":  # owns the table, and still the policies bind it
        assert connection.execute("select * from reads").fetchall() == []
        return
    with pytest.raises(errors.InsufficientPrivilege):
        connection.execute("select * from reads")


def test_ingest_sees_no_read_that_it_stored_before(connect_as: Any) -> None:
    ingest = connect_as("openanpr_ingest")
    assert ingest.execute("select vrm from reads").fetchall() == []
    for attempt in (
        "select raw_vrm from reads",
        "update reads set late = true",
        "delete from reads",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            ingest.execute(attempt)


def test_marks_seen_are_told_only_within_a_live_search(
    search: psycopg.Connection[Any],
) -> None:
    def marks(search_id: object) -> list[str]:
        with search.transaction():
            search.execute("select set_config('openanpr.search_id', %s, true)", (str(search_id),))
            rows = search.execute("select vrm from marks_seen(10)").fetchall()
        return [mark for (mark,) in rows]

    def live(hours: int = 1, to: datetime = NOW, **reach: Any) -> object:
        return live_search(period_from=NOW - hours * HOUR, period_to=to, **reach)

    assert marks("") == []
    assert marks(live()) == [], "which asks for no part of a mark"
    for reach in ({"pattern": "*A?0*"}, {"near": "OB30AAA"}, {"near": "OA30AA"}):
        assert marks(live(**reach)) == ["OA30AAA"]
        assert marks(live(**reach, vrms=["KB81ZZX"])) == []
        assert marks(live(72, NOW - 48 * HOUR, **reach)) == []
    assert marks(live(pattern="A?0*")) == []
    assert marks(live(near="OA3OAA")) == []


def test_windows_of_a_live_search_restrict(search: psycopg.Connection[Any]) -> None:
    (moment,) = (read.captured_at for read in [store_read("KD83AAB", captured_at=NOW - HOUR / 2)])

    def within(*windows: tuple[datetime, datetime]) -> int:
        live = live_search(
            period_from=NOW - HOUR,
            period_to=NOW,
            vrms=["KD83AAB"],
            window_from=[start for start, _ in windows],
            window_to=[end for _, end in windows],
        )
        return len(seen(search, live))

    tick = timedelta(microseconds=1)
    assert within((moment, moment + tick)) == 1
    assert within((moment - HOUR, moment), (moment + tick, NOW)) == 0
    assert within((moment - HOUR, moment - tick), (moment - tick, NOW)) == 1
    assert within() == 0, "no window at all is nothing"


def test_a_search_looks_only_into_the_partitions_of_its_period(
    search: psycopg.Connection[Any],
) -> None:
    allowed = live_search(period_from=NOW - HOUR, period_to=NOW)
    with search.transaction():
        search.execute("select set_config('openanpr.search_id', %s, true)", (str(allowed),))
        plan = search.execute(
            "explain (analyze, format text) select * from reads where vrm = 'OA30AAA'"
        ).fetchall()
    text = "\n".join(line for (line,) in plan)
    scanned = [line for line in text.splitlines() if "Scan" in line and "never" not in line]
    assert 1 <= len(scanned) <= 2
