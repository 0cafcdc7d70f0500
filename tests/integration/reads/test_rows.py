"""What goes into the store comes out of it, character by character."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.reads import a_read, store_reads

from openanpr.reads import packing
from openanpr.wire import Alternative, Read, uuid7

pytestmark = pytest.mark.usefixtures("db")


def stored(superuser: psycopg.Connection[Any], *columns: str) -> tuple[Any, ...]:
    row = superuser.execute(
        psycopg.sql.SQL("select {} from reads").format(
            psycopg.sql.SQL(", ").join(map(psycopg.sql.Identifier, columns))
        )
    ).fetchone()
    assert row is not None
    return row


def test_every_field_is_kept(superuser: psycopg.Connection[Any]) -> None:
    moment = datetime.now(timezone(timedelta(hours=1))).replace(microsecond=123456)
    read = Read(
        id=uuid7(),
        sequence=2**40,
        camera="7/1/1",
        vrm="OA30AAA",
        raw_vrm='0A30"AA\\',
        confidence=0.5,
        captured_at=moment,
        alternatives=(Alternative(vrm="0A30AAA", confidence=0.25),),
        country="GB",
        direction="approaching",
        latitude=-51.123456789,
        longitude=1e-7,
        patch_sha256="ab" * 32,
        overview_sha256="00" * 32,
        model_version="m, {1}",
    )
    store_reads([read], camera_id=7, late=True)
    assert stored(
        superuser,
        *("id", "reader_sequence", "vrm", "raw_vrm", "confidence", "captured_at", "camera_id"),
        *("alternatives", "country", "direction", "latitude", "longitude", "late"),
        *("patch_hash", "overview_hash", "model_version"),
    ) == (
        *(read.id, 2**40, "OA30AAA", '0A30"AA\\', 0.5, moment, 7),
        *([{"vrm": "0A30AAA", "confidence": 0.25}], "GB", "approaching"),
        *(-51.123456789, 1e-7, True, b"\xab" * 32, bytes(32), "m, {1}"),
    )


def test_what_was_not_said_is_null(superuser: psycopg.Connection[Any]) -> None:
    read = a_read("OA30AAA", raw_vrm="OA30AAA", model_version="")
    store_reads([read])
    columns = ("raw_vrm", "country", "direction", "latitude", "patch_hash", "alternatives")
    assert stored(superuser, *columns, "model_version") == (None,) * 7


def test_a_plate_that_bears_the_word_null_is_a_mark(superuser: psycopg.Connection[Any]) -> None:
    store_reads([a_read("NULL", raw_vrm="null")])
    assert stored(superuser, "vrm", "raw_vrm") == ("NULL", "null")


@pytest.mark.security
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.none() | st.text(st.characters(exclude_characters="\0", codec="utf-8"))))
def test_no_text_breaks_out_of_its_place(
    superuser: psycopg.Connection[Any], values: list[str | None]
) -> None:
    with superuser.cursor() as cursor:
        packing.take_packed(cursor)
        row = cursor.execute("select %s::text[]", (packing.texts(values),)).fetchone()
    assert row == (values,)


def test_moments_numbers_and_truths_come_back_as_they_went(
    superuser: psycopg.Connection[Any],
) -> None:
    times = [
        datetime(2026, 3, 29, 1, tzinfo=UTC),
        datetime(2024, 2, 29, 23, 59, 59, 1, UTC),
        datetime(2254, 12, 31, 23, 59, 59, 999_999, timezone(timedelta(hours=-5))),
        datetime(1970, 1, 1, 0, 0, 0, 999_999, UTC),
    ]
    ids = [uuid7(), uuid7()]
    with superuser.cursor() as cursor:
        packing.take_packed(cursor)
        row = cursor.execute(
            "select %s::timestamptz[], %s::float8[], %s::real[], %s::bigint[], %s::int[], "
            "%s::bool[], %s::uuid[], %s::bytea[], %s::text[]",
            (
                packing.moments(times),
                packing.doubles([0.1, -1e-300, None]),
                packing.reals([0.5, 0.25]),
                packing.bigints([0, 2**62]),
                packing.integers([-1, 2**31 - 1]),
                packing.truths([True, False]),
                packing.uuids(ids),
                packing.digests(["00ff", None]),
                packing.texts([]),
            ),
        ).fetchone()
    assert row == (
        *(times, [0.1, -1e-300, None], [0.5, 0.25], [0, 2**62], [-1, 2**31 - 1], [True, False]),
        *(ids, [b"\x00\xff", None], []),
    )
