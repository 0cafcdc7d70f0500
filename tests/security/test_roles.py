"""Each process's database role, with its own password, tries what is not its business."""

import psycopg
import pytest

from openanpr.alerts.services.dispatch import dispatch_waiting
from openanpr.config.database import DatabaseRole
from tests.factories.alerts import MARK, World, acting_as

pytestmark = pytest.mark.security
PROCESSES = [one.value for one in DatabaseRole if one is not DatabaseRole.OWNER]

# (table, columns that hold marks, places or secrets) and the only roles that may read them.
KEPT_FROM = {
    "select read_vrm, camera_name from hit": {"openanpr_worker", "openanpr_web"},
    "select vrm from alert": {"openanpr_worker", "openanpr_web"},
    "select hit_id from outbox": {"openanpr_worker"},
    "select vrm from hotlist_entry": {"openanpr_worker", "openanpr_web", "openanpr_jobs"},
    # The line to the centre sends the register of cameras, and the pictures of the reads it sends.
    "select name, latitude from site": {
        "openanpr_web",
        "openanpr_ingest",
        "openanpr_federation",
    },
    "select vrm from protected_mark": {"openanpr_web"},
    "select person from tripwire_trip": {"openanpr_web"},
    "select vrm from person_vehicle": {"openanpr_web"},
    "select content from ingest_quarantine": set(),
    "select session_data from django_session": {"openanpr_web"},
    "select session_key from django_session": {"openanpr_web"},
    "select data from mfa_authenticator": {"openanpr_web"},
    "select * from live_search": {"openanpr_web", "openanpr_worker"},
    "select vrm from search_run": {"openanpr_web"},
    "select received_sha256 from read_image": {
        "openanpr_web",
        "openanpr_ingest",
        "openanpr_federation",
    },
    "select title from investigation": {"openanpr_web"},
    "select payload from audit_event": {"openanpr_web"},
}


def may(connection: psycopg.Connection[object], statement: str) -> bool:
    try:
        connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


@pytest.mark.parametrize("statement", sorted(KEPT_FROM))
def test_marks_places_and_secrets_are_read_by_whom_they_concern(db, connect_as, statement):
    readers = {role for role in PROCESSES if may(connect_as(role), statement)}
    assert readers == KEPT_FROM[statement]


@pytest.mark.parametrize("role", [*PROCESSES, "openanpr_owner"])
def test_no_partition_is_a_way_around_the_store(db, connect_as, superuser, role):
    partitions = [
        name
        for (name,) in superuser.execute(
            "select inhrelid::regclass::text from pg_inherits where inhparent = 'reads'::regclass"
        )
    ]
    assert partitions
    connection = connect_as(role)
    opened = [name for name in partitions if may(connection, f"select vrm from {name}")]  # noqa: S608
    # The owner, which no process is, could read what it owns: it is the one that makes partitions.
    assert opened == ([] if role != "openanpr_owner" else partitions)


@pytest.mark.parametrize("role", PROCESSES)
def test_statistics_tell_no_mark(world: World, connect_as, superuser, role):
    world.hit(world.entry(world.hotlist()))
    for number in range(50):
        superuser.execute(
            "insert into vrm_seen (vrm, first_seen, last_seen, reads) values (%s, now(), now(), 1)",
            (f"OA30A{number:02}",),
        )
    superuser.execute("analyze vrm_seen; analyze reads")
    seen = (
        connect_as(role)
        .execute(
            "select count(*) from pg_stats where schemaname = 'public' "
            "and (tablename like 'reads%%' or tablename = 'vrm_seen')"
        )
        .fetchone()
    )
    # Ingest may read vrm_seen, which it counts in; of the store nobody sees any statistics.
    assert seen == (0,) or role == "openanpr_ingest"
    assert (
        connect_as(role)
        .execute("select count(*) from pg_stats where tablename like 'reads%%'")
        .fetchone()
    ) == (0,)


@pytest.mark.parametrize("role", PROCESSES)
@pytest.mark.parametrize(
    "statement",
    [
        "create table mine (x text)",
        "create temporary table mine (x text)",
        "create function mine() returns int language sql as 'select 1'",
        "create schema mine",
        "set role openanpr_owner",
        "set session authorization openanpr_owner",
        "alter table reads disable row level security",
        "alter role openanpr_search bypassrls",
        "copy audit_event to program 'cat'",
        "select pg_read_file('postgresql.conf')",
        "select lo_import('/etc/passwd')",
        "truncate audit_event",
        "drop trigger live_search_grounds on live_search",
        "select passwd from pg_shadow",
        "select dblink('', '')",
    ],
)
def test_no_process_makes_or_takes_more(db, connect_as, role, statement):
    with pytest.raises(psycopg.Error):
        connect_as(role).execute(statement)


@pytest.mark.parametrize("role", PROCESSES)
def test_what_other_roles_ask_is_not_seen(db, connect_as, role):
    asking = connect_as("openanpr_web" if role != "openanpr_web" else "openanpr_worker")
    asking.execute(f"select '{MARK}'")
    asked = connect_as(role).execute("select query from pg_stat_activity").fetchall()
    assert not any(MARK in (text or "") for (text,) in asked)


def test_the_dispatcher_still_works_with_what_it_may_do(world: World):
    world.hit(world.entry(world.hotlist()))
    with acting_as(DatabaseRole.WORKER):
        assert dispatch_waiting(at=world.at) == 1
