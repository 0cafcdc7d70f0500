"""What is published is what may match, and it is published when something changed."""

import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from openanpr.config.database import DatabaseRole
from openanpr.hotlists.copies import EntryCopy
from openanpr.hotlists.models import Hotlist, HotlistEntry, HotlistSnapshot
from openanpr.hotlists.queries import newest_snapshot
from openanpr.hotlists.services.snapshots import publish_if_due, publish_snapshot
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


def test_the_file_holds_what_an_officer_will_need(world: World) -> None:
    hotlist = world.hotlist(priority=1, covert=True, told_units=["North response"])
    entry = world.entry(hotlist)
    publish_snapshot(at=world.at)
    (one,) = [loaded().entry(0)]
    copy = EntryCopy.from_json(one.copy)
    assert (one.entry_id, one.canonical, one.priority, one.covert, one.action) == (
        entry.id,
        "0A30AAA",
        1,
        True,
        "stop",
    )
    assert (copy.list_name, copy.force, copy.reason) == (hotlist.name, "FX", entry.reason)
    assert (copy.covert, copy.told_units) == (True, ("North response",))
    assert (copy.entry_made_at, copy.list_refreshed_at) == (
        entry.created_at,
        hotlist.refreshed_at,
    )


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
