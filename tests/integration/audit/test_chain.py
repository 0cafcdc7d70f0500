"""The chain in the database: who may write it, in what order, and what tampering shows."""

import io
import json
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from openanpr.audit.canonical import GENESIS
from openanpr.audit.chain import Link
from openanpr.audit.export import write_export
from openanpr.audit.models import AuditEvent
from openanpr.audit.services import AuditActor, record_event, record_event_raw
from openanpr.audit.stored import snapshot, verify
from openanpr.cli.audit import app
from openanpr.config.database import DatabaseRole, dsn

CHECKER = Path(__file__).parents[3] / "verify" / "audit_check.py"
ROLES = [role for role in DatabaseRole if role is not DatabaseRole.SEARCH]
AT = datetime(2026, 3, 4, 5, 6, 7, 89, tzinfo=UTC)
NASTY = st.text(max_size=20)

pytestmark = pytest.mark.usefixtures("db")


def web():
    return dsn(DatabaseRole.WEB)


def write(number=0, **details):
    values = {"reason": f"reason {number}", "payload": {"rows": number}, **details}
    return record_event(verb="audit.verify", actor=AuditActor.system("test"), at=AT, **values)


def write_as(cursor, number=0):
    return record_event_raw(
        cursor,
        verb="audit.verify",
        actor=AuditActor.system("test"),
        at=AT,
        payload={"rows": number},
    )


def test_numbers_start_at_one_and_the_first_row_follows_the_format():
    first, second = write(), write()
    assert (first.sequence, second.sequence) == (1, 2)
    rows = list(AuditEvent.objects.all())
    assert bytes(rows[0].previous_hash) == GENESIS
    assert bytes(rows[1].previous_hash).hex() == first.hash
    assert rows[0].written_by == "openanpr_web"
    assert verify(web()).whole


@given(
    texts=st.lists(NASTY, min_size=4, max_size=4),
    reasons=st.lists(NASTY, max_size=3),
    payload=st.dictionaries(
        NASTY,
        st.recursive(
            NASTY | st.integers(-(2**70), 2**70) | st.booleans() | st.none(),
            lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NASTY, inner, max_size=2),
            max_leaves=5,
        ),
        max_size=3,
    ),
    at=st.datetimes(datetime(1970, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_database_python_and_the_checker_agree_on_every_row(texts, reasons, payload, at):
    reason, subject, investigation, name = texts
    written = record_event(
        verb="audit.verify",
        actor=AuditActor(kind="person", person_id="P1", account="a", name=name),
        at=at,
        reason=reason,
        subject=subject,
        investigation=investigation,
        reasons=reasons,
        payload=payload,
    )
    with snapshot(web()) as audit:
        (row,) = audit.rows(after=written.sequence - 1)
    assert row.computed_hash() == row.hash
    assert row.hash.hex() == written.hash


def test_an_export_passes_the_checker_of_outsiders(tmp_path):
    for number in range(5):
        write(number, reasons=["a", "é", "2:x"], investigation="FX/1")
    for redacted in (False, True):
        file = tmp_path / f"{redacted}.jsonl"
        with snapshot(web()) as audit, file.open("w", encoding="utf-8") as target:
            assert write_export(audit.rows(), target, redacted=redacted, head=audit.head).whole
        done = subprocess.run(
            [sys.executable, "-I", str(CHECKER), str(file)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        assert "whole: 5 rows" in done.stdout


def test_a_transaction_that_fails_leaves_no_gap():
    write()
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert write().sequence == 2
    assert verify(web()).whole


def test_processes_that_write_at_once_leave_one_whole_chain(cluster):
    each, failures = 12, []

    def work(role, number):
        try:
            with psycopg.connect(dsn(role)) as own:
                for count in range(each):
                    with own.transaction(), own.cursor() as cursor:
                        write_as(cursor, number * each + count)
        except psycopg.Error as problem:
            failures.append(problem)

    roles = [DatabaseRole.WEB, DatabaseRole.INGEST, DatabaseRole.LIVE, DatabaseRole.WORKER] * 2
    threads = [
        threading.Thread(target=work, args=(role, number)) for number, role in enumerate(roles)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    rows = list(AuditEvent.objects.values_list("sequence", "payload__rows"))
    assert [sequence for sequence, _ in rows] == list(range(1, 8 * each + 1))
    assert {number for _, number in rows} == set(range(8 * each))
    verdict = verify(web())
    assert (verdict.whole, verdict.rows) == (True, 8 * each)
    assert set(AuditEvent.objects.values_list("written_by", flat=True)) == set(roles)


@pytest.mark.security
@pytest.mark.parametrize("role", list(DatabaseRole))
def test_nobody_changes_what_was_written(connect_as, role):
    write()
    for statement in (
        "update audit_event set reason = 'another'",
        "delete from audit_event",
        "truncate audit_event",
        "delete from audit_head",
        "truncate audit_head",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connect_as(role).execute(statement)
    assert verify(web()).whole


@pytest.mark.security
@pytest.mark.parametrize("role", [one for one in DatabaseRole if one is not DatabaseRole.OWNER])
def test_no_process_writes_past_the_function(connect_as, role):
    write()
    for statement in (
        "insert into audit_event select * from audit_event",
        "insert into audit_event (sequence) values (99)",
        "update audit_head set sequence = 0",
        "alter table audit_event disable trigger all",
        "set session_replication_role = replica",
        "drop table audit_event",
        "create or replace function audit_append(jsonb) returns int language sql return 1",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connect_as(role).execute(statement)
    assert AuditEvent.objects.count() == 1


@pytest.mark.security
def test_the_search_role_cannot_even_append(connect_as):
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        connect_as(DatabaseRole.SEARCH).cursor() as cursor,
    ):
        write_as(cursor)


@pytest.mark.security
@pytest.mark.parametrize("role", [DatabaseRole.INGEST, DatabaseRole.LIVE, DatabaseRole.WORKER])
def test_processes_that_need_not_cannot_read_the_audit(connect_as, role):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connect_as(role).execute("select * from audit_event")


@pytest.mark.parametrize(
    ("tampering", "broken"),
    [
        ("update audit_event set reason = 'another' where sequence = 3", 3),
        ("update audit_event set payload = '{}' where sequence = 1", 1),
        ("update audit_event set at = at + interval '1 microsecond' where sequence = 2", 2),
        ("update audit_event set reasons = '{invented}' where sequence = 4", 4),
        ("update audit_event set actor_kind = 'unknown' where sequence = 5", 5),
        ("update audit_event set hash = salt where sequence = 3", 3),
        ("delete from audit_event where sequence = 2", 2),
        ("delete from audit_event where sequence = 1", 1),
        ("delete from audit_event where sequence >= 4", 4),
        ("delete from audit_event", 1),
        ("update audit_event set sequence = 99 where sequence = 2", 2),
        ("update audit_event set sequence = -1 where sequence = 5", -1),
        (
            "update audit_event set sequence = 100 where sequence = 2;"
            "update audit_event set sequence = 2 where sequence = 3;"
            "update audit_event set sequence = 3 where sequence = 100",
            2,
        ),
        (
            "insert into audit_event select 6, recorded_at, at, written_by, actor_kind, "
            "actor_person, actor_account, actor_name, acting_role, verb, subject, investigation, "
            "reason, decision, reasons, profile_version, request_id, source_address, payload, "
            "salt, previous_hash, hash from audit_event where sequence = 5",
            6,
        ),
        (
            "update audit_event set reason = 'x' where sequence = 2;"
            "update audit_event e set hash = audit_row_hash(e) where sequence = 2",
            3,
        ),
        ("update audit_head set hash = sha256('x')", 5),
        ("truncate audit_head", 1),
    ],
)
def test_verify_names_the_first_row_that_was_tampered_with(superuser, tampering, broken):
    for number in range(5):
        write(number, reasons=["one"])
    superuser.execute("set session_replication_role = replica")
    superuser.execute(tampering)
    verdict = verify(web())
    assert verdict.broken is not None
    assert verdict.broken.sequence == broken


@pytest.mark.security
@pytest.mark.parametrize(
    "event",
    [
        {"at": "infinity"},
        {"at": "12026-01-01T00:00:00Z"},
        {"reasons": [None]},
        {"payload": []},
        {"actor_kind": "nobody"},
        {"decision": "maybe"},
        {"verb": ""},
        {"verb": None},
    ],
)
def test_a_process_cannot_write_what_no_checker_could_read(connect_as, event):
    whole = {"at": AT.isoformat(), "verb": "x.y", "actor_kind": "system", **event}
    with pytest.raises(psycopg.Error):
        connect_as(DatabaseRole.INGEST).execute(
            "select audit_append(%s::jsonb)", (json.dumps(whole),)
        )
    assert not AuditEvent.objects.exists()


def test_a_hash_written_down_outside_finds_a_chain_that_was_made_anew(superuser):
    for number in range(3):
        write(number)
    known = verify(web()).head
    superuser.execute("set session_replication_role = replica")
    superuser.execute("truncate audit_event, audit_head")
    for _ in range(4):
        write(7)
    assert verify(web()).whole
    broken = verify(web(), known=known).broken
    assert broken is not None
    assert broken.sequence == 3
    assert verify(web(), known=Link(9, known.hash)).broken is not None


def test_without_the_note_of_its_end_nothing_more_is_written(superuser):
    write()
    superuser.execute("set session_replication_role = replica")
    superuser.execute("truncate audit_head")
    with pytest.raises(Exception, match="lost the note"):
        write()


def test_the_command_says_how_many_rows_hold_and_where_it_breaks(superuser, tmp_path):
    write()
    write()
    runner = CliRunner()
    good = runner.invoke(app, ["verify", "--dsn", web()])
    assert good.exit_code == 0
    assert "2 rows checked" in good.output
    head = verify(web()).head.hash.hex()
    assert head in good.output
    assert runner.invoke(app, ["verify", "--dsn", web(), "--known", f"2:{head}"]).exit_code == 0
    assert runner.invoke(app, ["verify", "--dsn", web(), "--known", "2:no"]).exit_code == 2
    superuser.execute("set session_replication_role = replica")
    superuser.execute("update audit_event set verb = 'other.verb' where sequence = 2")
    bad = runner.invoke(app, ["verify", "--dsn", web()])
    assert bad.exit_code == 1
    assert "row 2" in bad.output
    assert runner.invoke(app, ["verify", "--dsn", "host=/nowhere"]).exit_code == 1


def test_the_export_is_itself_audited_and_never_overwrites(tmp_path):
    write()
    file = tmp_path / "audit.jsonl"
    runner = CliRunner()
    assert runner.invoke(app, ["export", str(file), "--dsn", web()]).exit_code == 0
    assert AuditEvent.objects.get(sequence=2).verb == "audit.export"
    lines = file.read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[-1])["trailer"]["rows"] == 2
    assert file.stat().st_mode & 0o077 == 0
    assert runner.invoke(app, ["export", str(file), "--dsn", web()]).exit_code == 2


def test_a_writer_waits_for_the_one_before_it(connect_as):
    """The lock lasts to the end of the transaction, so numbers are in the order of commits."""
    first, second = connect_as(DatabaseRole.INGEST), connect_as(DatabaseRole.LIVE)
    with first.transaction(), first.cursor() as cursor:
        write_as(cursor)
        second.execute("set lock_timeout = '50ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable), second.cursor() as other:
            write_as(other)
    with second.cursor() as other:
        assert write_as(other).sequence == 2


def test_reads_that_were_disclosed_are_found_by_their_ids():
    write(payload={"read_ids": ["a", "b"]})
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(
            "select sequence from audit_event "
            "where payload ? 'read_ids' and payload -> 'read_ids' ? 'b'"
        )
        assert cursor.fetchall() == [(1,)]


def test_what_the_database_cannot_keep_is_replaced():
    written = write(reason="a\x00b\ud800")
    assert "\x00" not in AuditEvent.objects.get(sequence=written.sequence).reason
    assert verify(web()).whole


def test_a_broken_chain_is_still_exported_for_others_to_see(superuser):
    write()
    write()
    superuser.execute("set session_replication_role = replica")
    superuser.execute("update audit_event set reason = 'x' where sequence = 1")
    file = io.StringIO()
    with snapshot(web()) as audit:
        verdict = write_export(audit.rows(), file, redacted=False, head=audit.head)
    assert verdict.broken is not None
    assert '"sequence":2' in file.getvalue()
    assert '"trailer":{"rows":2' in file.getvalue()
