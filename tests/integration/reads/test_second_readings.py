"""Second readings: added by an audited act alone, and never in place of the first."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection
from psycopg import errors
from tests.factories.reads import store_read

from openanpr.audit.services import AuditActor
from openanpr.reads.corrections import (
    Finding,
    ReadGoneError,
    ReadKey,
    Source,
    Verdict,
    correct_read,
)
from openanpr.wire.ids import uuid7

WRONG = Finding(
    verdict=Verdict.WRONG, says="OA31AAB", source=Source.COMPLAINT, reason="The keeper wrote to us"
)


def key_of(read, **fields):
    values = {"id": read.id, "vrm": read.vrm, "captured_at": read.captured_at, "camera_id": 1}
    return ReadKey(**{**values, **fields})


def correct(read, **fields):
    return correct_read(
        read=key_of(read, **fields),
        finding=WRONG,
        actor=AuditActor.system("test"),
        at=datetime.now(UTC),
    )


def test_both_readings_are_kept_however_often_a_read_is_corrected(db, superuser):
    read = store_read(raw_vrm="0A30AAA")
    first, second = correct(read), correct(read)
    kept = superuser.execute(
        "select id, vrm, first_reading, first_model, says from read_correction order by id"
    ).fetchall()
    said = ("OA30AAA", "0A30AAA", "test-1", "OA31AAB")
    assert kept == [(one, *said) for one in sorted((first, second))]
    assert superuser.execute("select vrm, raw_vrm from reads").fetchall() == [
        ("OA30AAA", "0A30AAA")
    ]


def test_a_read_that_is_not_in_the_store_is_not_corrected(db, superuser):
    read = store_read()
    for other in ({"id": uuid7()}, {"camera_id": 2}, {"vrm": "OA31AAB"}):
        with pytest.raises(ReadGoneError):
            correct(read, **other)
    assert superuser.execute("select count(*) from read_correction").fetchone() == (0,)
    assert superuser.execute("select count(*) from audit_event").fetchone() == (0,)


@pytest.mark.security
def test_nothing_is_corrected_without_its_row_of_the_audit(db):
    read = store_read()
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="audited act"):
        cursor.execute(
            "select correct_read(%s, %s, %s, %s, 1, 'wrong', 'X1', 'check', '', '', null, '', "
            "now())",
            [uuid7(), read.id, read.vrm, read.captured_at],
        )


@pytest.mark.security
@pytest.mark.parametrize("role", ["openanpr_web", "openanpr_jobs", "openanpr_ingest"])
def test_no_process_reads_changes_or_removes_second_readings(db, connect_as, role):
    connection_ = connect_as(role)
    for statement in (
        "select * from read_correction",
        "update read_correction set says = ''",
        "delete from read_correction",
        "insert into read_correction (id) values (gen_random_uuid())",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            connection_.execute(statement)


@pytest.mark.security
def test_no_check_is_drawn_of_what_is_older_than_checks_are(db):
    now = datetime.now(UTC)
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="last 60 days"):
        cursor.execute(
            "select * from draw_check(%s, 1, %s, %s)", [uuid7(), now - timedelta(days=90), now]
        )
