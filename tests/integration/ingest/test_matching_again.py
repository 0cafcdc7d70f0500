"""A read comes, and a minute later the entry that it would have hit: the officer is told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from tests.factories.alerts import OWNER, World, acting_as, make_world
from tests.factories.cameras import make_camera
from tests.factories.jobs import do_jobs
from tests.factories.reads import store_read

from openanpr.access.vocabulary import Role
from openanpr.alerts.models import Hit, Outbox
from openanpr.audit.models import AuditEvent
from openanpr.config.database import DatabaseRole
from openanpr.config.values import get_settings
from openanpr.hotlists.services.entries import EntryDetails, add_entry
from openanpr.hotlists.services.snapshots import publish_if_due
from openanpr.hotlists.vocabulary import EntryAction
from openanpr.ingest.matching_again import match_again
from openanpr.jobs.models import Job

MARK = "OA30AAA"


@pytest.fixture
def world(db: None) -> World:
    # The database's own clock bounds what may be matched again.
    return make_world(datetime.now(UTC))


def add(world: World, mark: str = MARK) -> None:
    manager = world.officer("lists", role=Role.LIST_MANAGER)
    details = EntryDetails(
        vrm=mark,
        action=EntryAction.STOP,
        reason="Stolen just now",
        owner="Sergeant Example",
        weed_at=world.at + timedelta(days=7),
    )
    assert add_entry(hotlist=world.hotlist(), by=manager, at=world.at, details=details)
    with acting_as(DatabaseRole.WORKER):
        assert publish_if_due(at=world.at)


def hits() -> list[tuple[str, str, bool]]:
    return list(
        Hit.objects.using(OWNER).order_by("captured_at").values_list("read_vrm", "how", "again")
    )


def test_a_read_one_minute_before_its_entry_hits(world: World) -> None:
    camera = make_camera()
    read = store_read(MARK, camera_id=camera.id, captured_at=world.at - timedelta(minutes=1))
    store_read("OA30AAB", camera_id=camera.id, captured_at=world.at - timedelta(minutes=1))
    add(world)
    assert do_jobs(world.at) == 1
    assert hits() == [(MARK, "exact", True)]
    hit = Hit.objects.using(OWNER).get()
    assert (hit.read_id, hit.camera_name) == (read.id, camera.name)
    assert hit.entry_copy["reason"] == "Stolen just now"
    assert Outbox.objects.using(OWNER).filter(hit=hit).count() == 1
    told = AuditEvent.objects.using(OWNER).get(verb="reads.match-again")
    assert told.payload == {"minutes": 10, "reads": 2, "hits": 1}


def test_it_is_done_once_more_when_every_matcher_has_the_new_lists(world: World) -> None:
    camera = make_camera()
    add(world)
    do_jobs(world.at)
    # It was compared with the old lists, in the seconds before they were swapped.
    store_read(MARK, camera_id=camera.id, captured_at=world.at - timedelta(seconds=1))
    assert do_jobs(world.at + timedelta(seconds=29)) == 0
    assert do_jobs(world.at + timedelta(seconds=30)) == 1
    assert hits() == [(MARK, "exact", True)]
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


def test_doing_it_again_adds_nothing_and_it_looks_no_further_back(world: World) -> None:
    camera = make_camera()
    store_read(MARK, camera_id=camera.id, captured_at=world.at - timedelta(minutes=9))
    store_read(MARK, camera_id=camera.id, captured_at=world.at - timedelta(minutes=11))
    add(world)
    folder = get_settings().data_dir
    found = [match_again(minutes=minutes, at=world.at, data_dir=folder) for minutes in (10, 10, 0)]
    assert found == [1, 0, 0]
    assert len(hits()) == 1


def test_its_role_sees_the_last_hour_and_may_only_add_hits(world: World, connect_as: Any) -> None:
    store_read(MARK, captured_at=datetime.now(UTC) - timedelta(minutes=61))
    store_read("OA30AAB", captured_at=datetime.now(UTC) - timedelta(minutes=59))
    role = connect_as("openanpr_rematch")
    assert role.execute("select vrm from reads").fetchall() == [("OA30AAB",)]
    for statement in (
        "select read_vrm from hit",
        "delete from reads",
        "insert into reads (vrm) values ('X')",
        "select vrm from vrm_seen",
        "select vrm from hotlist_entry",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            role.execute(statement)
