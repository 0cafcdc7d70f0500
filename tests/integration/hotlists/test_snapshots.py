"""What is published is what may match, and it is published when something changed."""

import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from psycopg.errors import InsufficientPrivilege

from openanpr.config.database import DatabaseRole
from openanpr.hotlists.copies import EntryCopy, copy_of
from openanpr.hotlists.models import Hotlist, HotlistEntry, HotlistSnapshot
from openanpr.hotlists.queries import newest_snapshot
from openanpr.hotlists.services.snapshots import publish_if_due, publish_snapshot
from openanpr.jobs.models import Job
from openanpr.matching import HotlistSnapshot as LoadedSnapshot
from tests.factories.alerts import OWNER, World, acting_as


@pytest.fixture(autouse=True)
def as_worker(world: World) -> Iterator[None]:
    with acting_as(DatabaseRole.WORKER):
        yield


def loaded() -> LoadedSnapshot:
    newest = newest_snapshot()
    assert newest is not None
    snapshot = LoadedSnapshot.load(newest.path)
    assert (snapshot.version, snapshot.digest) == (newest.version, newest.digest)
    return snapshot


def marks() -> set[str]:
    snapshot = loaded()
    return {snapshot.entry(position).vrm for position in range(len(snapshot))}


def changed(hotlist: Hotlist) -> None:
    rows = Hotlist.objects.using(OWNER).filter(pk=hotlist.pk)
    rows.update(revision=rows.get().revision + 1)


@pytest.mark.parametrize("fields", [{}, {"scope": {"areas": ["North"]}}])
def test_a_hit_gets_the_entry_as_it_stood(
    world: World, connect_as: Any, fields: dict[str, Any]
) -> None:
    hotlist = world.hotlist(priority=1, covert=True, told_units=["North response"])
    entry = world.entry(hotlist, **fields)
    as_it_stood = copy_of(entry)
    publish_snapshot(at=world.at)
    Hotlist.objects.using(OWNER).update(priority=5, name="Called otherwise since")
    one = loaded().entry(0)
    assert (one.entry_id, one.canonical, one.whole) == (entry.id, "0A30AAA", bool(fields))
    (rest,) = (
        connect_as("openanpr_ingest")
        .execute(
            "select coalesce(hotlist_entry_copy(%s), '{}')", [None if one.whole else one.entry_id]
        )
        .fetchone()
    )
    assert EntryCopy.from_json(rest | one.copy) == as_it_stood


@pytest.mark.security
def test_who_matches_reads_gets_an_entry_by_its_id_and_never_the_list(connect_as: Any) -> None:
    for role in ("openanpr_ingest", "openanpr_rematch"):
        with pytest.raises(InsufficientPrivilege):
            connect_as(role).execute("select id from hotlist_entry")
    with pytest.raises(InsufficientPrivilege):
        connect_as("openanpr_live").execute("select hotlist_entry_copy(gen_random_uuid())")
    # What an entry says stays what it said.
    with pytest.raises(InsufficientPrivilege):
        connect_as("openanpr_web").execute("update hotlist_entry set reason = 'Another'")


def test_an_installation_with_files_of_an_older_layout_goes_on_matching(world: World) -> None:
    world.entry(world.hotlist())
    path = Path(publish_snapshot(at=world.at).path)
    assert publish_if_due(at=world.at) is None
    path.write_bytes(b"OANPRHL2" + path.read_bytes()[8:])
    assert publish_if_due(at=world.at) is not None
    assert marks() == {"OA30AAA"}
    assert publish_if_due(at=world.at) is None


def test_matching_again_begins_when_the_earliest_change_was_approved(world: World) -> None:
    hotlist = world.hotlist()
    world.entry(hotlist, created_at=world.at - timedelta(minutes=50))
    publish_snapshot(at=world.at - timedelta(minutes=45))
    # Approved before the last publication, and committed after it: a long import.
    world.entry(hotlist, "OA30AAB", created_at=world.at - timedelta(minutes=48))
    publish_snapshot(at=world.at)
    asked = Job.objects.using(OWNER).filter(asked_at=world.at).values_list("arguments", flat=True)
    since = (world.at - timedelta(minutes=48)).isoformat(timespec="minutes")
    assert list(asked) == [{"since": since}] * 2


def test_only_what_may_match_is_in_it(world: World) -> None:
    hotlist = world.hotlist()
    world.entry(hotlist, "OA30AAA")
    world.entry(hotlist, "OA30AAB", state="proposed")
    world.entry(
        hotlist,
        "OA30AAC",
        state="withdrawn",
        withdrawn_at=world.at,
        withdrawn_reason="Found",
    )
    world.entry(hotlist, "OA30AAD", weed_at=world.at)
    world.entry(hotlist, "OA30AAE", valid_from=world.at + timedelta(days=1))
    world.entry(world.hotlist("Suspended", state="suspended"), "OA30AAF")
    world.entry(world.hotlist("Overdue", review_at=world.at), "OA30AAG")
    world.entry(world.hotlist("Weeded", weed_at=world.at), "OA30AAH")
    snapshot = publish_snapshot(at=world.at)
    # An entry that begins later is in it: matching compares its time with that of each read.
    assert marks() == {"OA30AAA", "OA30AAE"}
    assert snapshot.entry_count == 2


def test_an_entry_stops_when_its_list_must_be_reviewed(world: World) -> None:
    review = world.at + timedelta(days=5)
    world.entry(world.hotlist(review_at=review))
    publish_snapshot(at=world.at)
    assert loaded().entry(0).weed_at == review


def test_a_snapshot_is_due_when_a_list_changed_or_its_file_is_gone(world: World) -> None:
    hotlist = world.hotlist()
    assert publish_if_due(at=world.at) is not None
    assert publish_if_due(at=world.at) is None
    world.entry(hotlist)
    changed(hotlist)
    again = publish_if_due(at=world.at)
    assert again is not None
    assert (again.version, marks()) == (2, {"OA30AAA"})
    Path(again.path).unlink()
    assert publish_if_due(at=world.at) is not None
    assert marks() == {"OA30AAA"}


def test_old_files_do_not_stay(world: World) -> None:
    paths = [Path(publish_snapshot(at=world.at).path) for _ in range(4)]
    assert [path.exists() for path in paths] == [False, False, True, True]
    assert HotlistSnapshot.objects.using(OWNER).count() == 4


@pytest.mark.security
def test_nobody_else_reads_the_file(world: World) -> None:
    path = Path(publish_snapshot(at=world.at).path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_withdrawn_entry_is_gone_from_the_next_one(world: World) -> None:
    hotlist = world.hotlist()
    world.entry(hotlist)
    publish_if_due(at=world.at)
    HotlistEntry.objects.using(OWNER).update(
        state="withdrawn", withdrawn_at=world.at, withdrawn_reason="Found"
    )
    changed(hotlist)
    publish_if_due(at=world.at)
    assert marks() == set()
