"""What is past its limit goes, on the day, and nothing else does."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from psycopg import errors

from openanpr.access.bands import retention_edge
from openanpr.access.profile import Span
from openanpr.access.vocabulary import Counting, Rank, Reason, Role
from openanpr.alerts.models import Alert, AlertHit, Hit, Outbox
from openanpr.audit.models import AuditEvent
from openanpr.audit.stored import verify
from openanpr.config.database import DatabaseRole, dsn
from openanpr.policy.queries import profile_in_force
from openanpr.reads.models import ReadImage
from openanpr.retention.certificates import certificates, signing_key
from openanpr.retention.proof import prove
from openanpr.retention.rules import COUNTED, PLAIN, RULES, Ends
from openanpr.retention.run import AlreadyRunningError, Stores, run_retention
from openanpr.search.question import MarkQuestion
from openanpr.search.services import run_search
from openanpr.wire.ids import uuid7
from tests.factories.alerts import make_world
from tests.factories.casework import REASON, StoredReads, make_casework
from tests.factories.images import make_images

SETTINGS = "DJANGO_SETTINGS_MODULE"
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
KEY = signing_key("A" * 43)
# Columns of these names, or parts of names, hold marks, pictures or places.
TELLING = (
    "vrm|mark_|canonical|plate|latitude|longitude|area|sha256|patch|overview|_hash|image"
    "|alternatives|^content$|payload|_copy"
)
# Named so, and hold none: hashes of sessions and of the audit's rows.
OTHERWISE = {
    ("audit_event", "previous_hash"),
    ("axes_accesslog", "session_hash"),
    ("chain_check", "head_hash"),
    ("information_request_reply", "token_hash"),
}


@pytest.fixture
def at(db):
    return datetime.now(UTC)


@pytest.fixture
def casework(at):
    return make_casework(at)


@pytest.fixture
def profile(casework, at):
    return profile_in_force(at=at)


@pytest.fixture
def edge(profile, at):
    return retention_edge(at=at, profile=profile)


@pytest.fixture
def stored(casework, superuser):
    return StoredReads(superuser)


@pytest.fixture
def stores(connect_as, tmp_path):
    return Stores(
        connection=connect_as("openanpr_retention"),
        images=make_images(tmp_path),
        snapshots=tmp_path / "snapshots",
        key=KEY,
    )


def kept(superuser):
    return [row[0] for row in superuser.execute("select id from reads order by captured_at")]


def proof(stores, profile, at, grace=timedelta(0)):
    answers = prove(
        stores.connection,
        images=stores.images,
        snapshots=stores.snapshots,
        profile=profile,
        at=at,
        grace=grace,
    )
    return {one.rule.store: one.overdue for one in answers if one.overdue}


def test_reads_go_from_their_limit_on_and_the_marks_seen_say_what_remains(
    stored, stores, profile, at, edge, superuser
):
    stored.add("OA30AAA", edge - SECOND)
    stored.add("OA31AAB", edge - DAY, camera_id=2)
    young = [stored.add("OA30AAA", edge + 60 * SECOND), stored.add("OA30AAA", at - DAY)]
    superuser.execute(
        "insert into vrm_seen select vrm, min(captured_at), max(captured_at), count(*) "
        "from reads group by vrm"
    )
    assert proof(stores, profile, at) == {"reads": 2, "vrm_seen": 2}
    removed = run_retention(stores, profile=profile, at=at)
    assert removed.rows == {"reads": 2}
    assert removed.left == []
    assert kept(superuser) == young
    assert superuser.execute(
        "select vrm, first_seen, last_seen, reads from vrm_seen"
    ).fetchall() == [("OA30AAA", edge + 60 * SECOND, at - DAY, 2)]
    assert proof(stores, profile, at) == {}
    again = run_retention(stores, profile=profile, at=at)
    assert (again.rows, again.certificate) == ({}, None)


def test_the_proof_names_what_is_a_day_late(stored, stores, profile, at, edge):
    stored.add("OA30AAA", edge - 2 * DAY)
    stored.add("OA30AAA", edge - SECOND)
    assert proof(stores, profile, at, grace=DAY) == {"reads": 1}


def test_an_empty_week_is_dropped_and_one_with_rows_is_not(
    stored, stores, profile, at, edge, superuser
):
    stored.add("OA30AAA", edge - 20 * DAY)
    stored.add("OA30AAA", edge + SECOND)
    weeks = {name for (name,) in superuser.execute("select partition_weeks()")}
    removed = run_retention(stores, profile=profile, at=at)
    left = {name for (name,) in superuser.execute("select partition_weeks()")}
    assert set(removed.partitions) == weeks - left
    assert f"reads_{monday(edge - 20 * DAY):%Y%m%d}" in removed.partitions
    assert f"reads_{monday(edge + SECOND):%Y%m%d}" in left


def monday(moment):
    return (moment - timedelta(days=moment.weekday())).date()


def test_the_role_cannot_remove_what_is_young(stored, stores, profile, at, edge, superuser):
    young = stored.add("OA30AAA", edge + 60 * SECOND)
    connection = stores.connection
    images = "retention_expired_images(%s, 10)"
    for call in (
        "retention_delete_reads(%s, 10)",
        "retention_drop_partition(%s)",
        "retention_delete('hit', %s, 10)",
        "retention_delete_images(%s, '{}', '{}')",
        "retention_move_alerts(%s)",
        images,
    ):
        for moment in (at, edge + 3600 * SECOND, at - 31 * DAY, None, "infinity"):
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(f"select {call}", (moment,))
    assert kept(superuser) == [young]


def test_without_a_profile_nothing_is_removed(stores, connect_as, db):
    with pytest.raises(errors.InsufficientPrivilege):
        stores.connection.execute("select retention_delete_reads('2001-01-01Z', 10)")


def test_a_short_profile_stops_at_thirty_days(casework, stores, superuser, at):
    superuser.execute(
        "update profile_version set toml = "
        "regexp_replace(toml, 'retention = .*?\\}', 'retention = { days = 3 }')"
    )
    (latest,) = stores.connection.execute("select retention_latest_edge()").fetchone()
    assert abs(latest - (at - 30 * DAY)) < 60 * SECOND


@pytest.mark.parametrize("counting", list(Counting))
@pytest.mark.parametrize("span", [Span(months=12), Span(months=1), Span(days=400)])
def test_the_database_counts_retention_as_the_policy_does(
    stores, profile, superuser, counting, span
):
    unit, number = ("days", span.days) if span.days else ("months", span.months)
    superuser.execute(
        "update profile_version set toml = %s",
        (f'counting = "{counting}"\nretention = {{ {unit} = {number} }}\n',),
    )
    now, latest = stores.connection.execute("select now(), retention_latest_edge()").fetchone()
    said = replace(profile, counting=counting, retention=span)
    assert latest == min(retention_edge(at=now, profile=said), now - 30 * DAY)


@pytest.mark.parametrize("role", [one for one in DatabaseRole if one not in {DatabaseRole.OWNER}])
def test_no_process_deletes_reads_itself(stored, connect_as, edge, role):
    stored.add("OA30AAA", edge - DAY)
    connection = connect_as(role)
    for attempt in ("delete from reads", "truncate reads", "drop table reads", "delete from hit"):
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute(attempt)
    if role is not DatabaseRole.RETENTION:
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("select retention_delete_reads(%s, 10)", (edge - DAY,))


def test_not_even_the_owner_deletes_reads(stored, connect_as, edge, superuser):
    old = stored.add("OA30AAA", edge - DAY)
    connect_as("openanpr_owner").execute("delete from reads")
    assert kept(superuser) == [old]


def test_access_ends_at_the_instant_before_anything_is_removed(
    casework, stored, at, edge, superuser
):
    over, under = stored.add("OA30AAA", edge - SECOND), stored.add("OA30AAA", edge)
    boss = casework.person("bo", roles=(Role.ANALYST,), rank=Rank.SUPERINTENDENT)
    result = run_search(
        author=casework.author(boss),
        question=MarkQuestion(vrm="OA30AAA", start=edge - 2 * DAY, end=edge + DAY, reason=REASON),
        investigation=casework.investigation(boss),
        at=at,
    )
    assert over in kept(superuser)
    assert over not in [read.id for read in result.reads]
    assert Reason.BEYOND_RETENTION in {
        reason for part in result.decision.parts for reason in part.reasons
    }
    assert under in kept(superuser)


def picture(store, content, *, last, received=None):
    stored_hash = store.put(content)
    ReadImage.objects.using("owner").create(
        received_sha256=received or bytes.fromhex(stored_hash),
        device=uuid7(),
        kind="patch",
        last_captured_at=last,
        stored_sha256=bytes.fromhex(stored_hash),
    )
    return stored_hash


def test_a_shared_picture_stays_until_its_last_read(stores, profile, at, edge):
    shared = picture(stores.images, b"shared", last=edge - DAY, received=b"1" * 32)
    picture(stores.images, b"shared", last=at - DAY, received=b"2" * 32)
    alone = picture(stores.images, b"alone", last=edge - DAY)
    removed = run_retention(stores, profile=profile, at=at)
    assert removed.rows == {"read_image": 2}
    assert stores.images.open(alone) is None
    assert stores.images.open(shared) == b"shared"
    ReadImage.objects.using("owner").update(last_captured_at=edge - DAY)
    run_retention(stores, profile=profile, at=at)
    assert stores.images.open(shared) is None
    assert not ReadImage.objects.using("owner").exists()


def test_list_files_go_too(stores, profile, at, edge, tmp_path, superuser):
    superuser.execute("insert into hotlist_snapshot values (7, now(), '', '', 0, 0)")
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "imports").mkdir()
    for version in (5, 6, 7):
        (tmp_path / "snapshots" / f"hotlist-{version:010d}.snapshot").touch()
    for name, moment in (("old", edge - SECOND), ("new", at)):
        path = tmp_path / "imports" / name
        path.touch()
        os.utime(path, (moment.timestamp(),) * 2)
    both = {"files: list snapshots": 1, "files: list imports": 1}
    assert proof(stores, profile, at) == both
    assert run_retention(stores, profile=profile, at=at).rows == both
    assert proof(stores, profile, at) == {}
    assert [path.name for path in (tmp_path / "imports").iterdir()] == ["new"]


def test_files_that_no_row_names_go_after_a_day(stores, profile, at, tmp_path):
    old, new = stores.images.put(b"old"), stores.images.put(b"new")
    path = next((tmp_path / "images").glob(f"??/??/{old}.jpg"))
    os.utime(path, (at.timestamp() - 3 * 86400,) * 2)
    assert proof(stores, profile, at) == {"files: images": 1}
    run_retention(stores, profile=profile, at=at)
    assert stores.images.open(old) is None
    assert stores.images.open(new) == b"new"


def test_an_old_alert_goes_whole_and_one_that_goes_on_loses_its_old_hit(
    db, stores, superuser, connect_as, edge, profile, at, request
):
    superuser.execute("delete from profile_version")
    superuser.execute("delete from unit; delete from force")
    world = make_world(at)
    entry = world.entry(world.hotlist())
    old = world.hit(entry, captured_at=edge - DAY)
    older = world.hit(entry, captured_at=edge - 2 * DAY)
    young = world.hit(entry, captured_at=at - DAY)
    alert_of(entry, older, older)
    goes_on = alert_of(entry, old, young)
    run_retention(stores, profile=profile, at=at)
    assert list(Hit.objects.using("owner").values_list("id", flat=True)) == [young.id]
    remaining = Alert.objects.using("owner").get()
    assert (remaining.id, remaining.hit_id) == (goes_on.id, young.id)
    assert remaining.first_captured_at == young.captured_at
    assert list(AlertHit.objects.using("owner").values_list("hit_id", flat=True)) == [young.id]
    assert [row.hit_id for row in Outbox.objects.using("owner").all()] == [young.id]
    assert proof(stores, profile, at) == {}


def alert_of(entry, first, latest):
    alert = Alert.objects.using("owner").create(
        hit=first,
        latest_hit=latest,
        entry_id=entry.id,
        hotlist_id=entry.hotlist_id,
        vrm=entry.vrm,
        canonical=entry.canonical,
        list_name="x",
        action="stop",
        reason="x",
        priority=2,
        covert=False,
        force="FX",
        first_captured_at=first.captured_at,
        last_captured_at=latest.captured_at,
        raised_at=first.captured_at,
    )
    for hit in {first, latest}:
        AlertHit.objects.using("owner").create(hit=hit, alert=alert, joined_at=hit.captured_at)
    return alert


def test_the_certificate_says_days_and_cameras_and_is_signed_and_chained(
    stored, stores, profile, at, edge, superuser
):
    stored.add("OA30AAA", edge - DAY, camera_id=7)
    stored.add("OA31AAB", edge - DAY, camera_id=7)
    removed = run_retention(stores, profile=profile, at=at)
    (found,) = certificates(stores.connection, key=KEY, newest=5)
    day = f"{edge - DAY:%Y-%m-%d}"
    assert found.body["counts"] == {"reads": {day: {"7": 2}}}
    assert (found.id, found.holds) == (removed.certificate, True)
    event = AuditEvent.objects.get(sequence=found.audit_sequence)
    assert (event.verb, event.payload["rows"]) == ("retention.delete", 2)
    assert event.written_by == "openanpr_retention"
    assert "OA3" not in str(event.payload)
    assert verify(dsn(DatabaseRole.WEB)).whole
    superuser.execute("update deletion_certificate set body = replace(body, ':2', ':1')")
    assert not certificates(stores.connection, key=KEY, newest=5)[0].holds
    assert not certificates(stores.connection, key=signing_key("B" * 43), newest=5)[0].holds


def test_a_run_that_was_killed_is_certified_by_the_next(stored, stores, profile, at, edge):
    stored.add("OA30AAA", edge - DAY)
    stores.connection.execute("select retention_delete_reads(%s, 10)", (edge,))
    removed = run_retention(stores, profile=profile, at=at)
    assert removed.rows == {}
    assert certificates(stores.connection, key=KEY, newest=5)[0].id == removed.certificate


def command(*arguments):
    answer = subprocess.run(
        [sys.executable, "-m", "openanpr", "retention", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={name: value for name, value in os.environ.items() if name != SETTINGS},
    )
    assert "Traceback" not in answer.stderr
    return answer.returncode, answer.stdout


def test_the_command_proves_removes_proves_again_and_prints_the_certificate(stored, edge):
    stored.add("OA30AAA", edge - 3 * DAY)
    code, text = command("prove")
    assert (code, "OVERDUE" in text) == (1, True)
    code, text = command("run")
    assert (code, "Certificate" in text) == (0, True)
    code, text = command("prove", "--strict")
    assert (code, "Nothing is older than its limit." in text) == (0, True)
    assert "Backups expire 35 days" in text
    code, text = command("certificates", "--full")
    assert (code, "signature holds" in text) == (0, True)
    assert "OA30AAA" not in text


def test_without_a_profile_the_command_says_so_and_proves_nothing(db):
    assert command("prove")[0] == 1
    assert command("run")[0] == 1


def test_two_runs_do_not_meet(stores, profile, at):
    with psycopg.connect(dsn(DatabaseRole.RETENTION), autocommit=True) as other:
        other.execute("select pg_advisory_lock(7204213)")
        with pytest.raises(AlreadyRunningError):
            run_retention(stores, profile=profile, at=at)


def test_a_locked_store_is_left_to_the_next_run(stored, stores, profile, at, edge, superuser):
    stored.add("OA30AAA", edge - DAY)
    superuser.execute(
        "insert into vrm_seen select vrm, min(captured_at), max(captured_at), 1 "
        "from reads group by vrm"
    )
    with superuser.transaction():
        superuser.execute("select from vrm_seen for update")
        assert "reads" in run_retention(stores, profile=profile, at=at).left
        assert len(kept(superuser)) == 1
    assert run_retention(stores, profile=profile, at=at).rows == {"reads": 1}


def test_every_telling_column_of_the_database_has_a_rule(superuser, db):
    found = set(
        superuser.execute(
            "select c.table_name, c.column_name from information_schema.columns c "
            "join pg_class k on k.relname = c.table_name and not k.relispartition "
            "and k.relkind in ('r', 'p') "
            "where c.table_schema = 'public' and c.column_name ~ %s",
            (TELLING,),
        ).fetchall()
    )
    ruled = {(rule.store, column) for rule in RULES for column in rule.columns}
    assert found - ruled - OTHERWISE == set()


def test_every_table_named_by_a_rule_is_there_with_its_columns_and_its_limit(
    superuser, db, stores, casework, edge
):
    columns = set(
        superuser.execute(
            "select table_name, column_name from information_schema.columns "
            "where table_schema = 'public'"
        ).fetchall()
    )
    for rule in RULES:
        assert {(rule.store, column) for column in rule.columns} <= columns
    for store in COUNTED:
        assert stores.connection.execute(
            "select retention_count(%s, %s)", (store, edge)
        ).fetchone() == (0,)
    for store in PLAIN:
        assert stores.connection.execute(
            "select retention_delete(%s, %s, 5)", (store, edge)
        ).fetchone() == (0,)
    with pytest.raises(errors.RaiseException):
        stores.connection.execute("select retention_count('audit_event', now())")
    assert len({rule.store for rule in RULES}) == len(RULES)
    assert all(rule.sentence.endswith(".") for rule in RULES)
    assert {rule.ends for rule in RULES} == set(Ends)


def test_list_files_of_a_database_that_is_no_more_go_and_the_one_being_written_stays(
    stores, profile, at
):
    stores.snapshots.mkdir()
    orphan, being_written = (
        stores.snapshots / f"hotlist-{version:010d}.snapshot" for version in (7, 1)
    )
    for path in (orphan, being_written):
        path.write_bytes(b"list")
    assert proof(stores, profile, at) == {"files: list snapshots": 1}
    run_retention(stores, profile=profile, at=at)
    assert (orphan.exists(), being_written.exists()) == (False, True)
    assert proof(stores, profile, at) == {}
