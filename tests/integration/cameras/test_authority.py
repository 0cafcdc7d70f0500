"""Authorities given, lapsed and inherited, in the database."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import psycopg
import pytest

from openanpr.audit.models import AuditEvent
from openanpr.audit.services import AuditActor
from openanpr.cameras.authority import Ending, Kind
from openanpr.cameras.models import Camera, CameraAuthority
from openanpr.cameras.queries import standing_of
from openanpr.cameras.services import (
    CameraRefusedError,
    MoveRefused,
    NewCamera,
    Terms,
    change_state,
    give_authority,
    note_lapses,
    register_camera,
)
from openanpr.cameras.vocabulary import CameraState
from tests.factories.cameras import authorise, make_camera, make_patrol_vehicle, make_site

pytestmark = pytest.mark.usefixtures("db")

OWNER = "owner"
BY = AuditActor.system("test")
YEAR = timedelta(days=365)


def proposed(number: int, at: datetime) -> Camera:
    return register_camera(
        camera=NewCamera(
            name=f"A12 camera {number}",
            feed_id=7,
            source_id=1,
            camera_number=number,
            area_name="Chelmsford, north",
            site_id=make_site(f"A12-{number}").id,
        ),
        actor=BY,
        reason="Asked for by the roads unit",
        at=at,
    )


def test_from_proposed_to_live_only_by_a_decided_case() -> None:
    at = datetime.now(UTC)
    camera = proposed(1, at)
    refused = change_state(
        camera_id=camera.id, to=CameraState.APPROVED, actor=BY, reason="Fine", at=at
    )
    assert not isinstance(refused, MoveRefused)  # the program may; a person may not
    camera = proposed(2, at)

    given = give_authority(
        camera_id=camera.id,
        terms=Terms(kind=Kind.DECIDED, review_due_at=at + YEAR, case_reference="CC-1"),
        by=BY,
        reason="The need is shown",
        at=at + timedelta(seconds=1),
    )
    assert given.state == "approved"
    live = change_state(
        camera_id=camera.id,
        to=CameraState.LIVE,
        actor=BY,
        reason="Installed",
        at=at + timedelta(seconds=2),
    )
    assert isinstance(live, Camera)
    assert [step.move for step in camera.steps.order_by("sequence")] == [
        "enter", "approve", "go-live",
    ]  # fmt: skip


def test_a_retired_camera_is_given_nothing_by_a_move() -> None:
    camera = make_camera(state="retired")
    moved = change_state(
        camera_id=camera.id,
        to=CameraState.LIVE,
        actor=BY,
        reason="Back",
        at=datetime.now(UTC),
    )
    assert isinstance(moved, MoveRefused)
    with pytest.raises(CameraRefusedError):
        give_authority(
            camera_id=camera.id,
            terms=Terms(kind=Kind.DECIDED, review_due_at=datetime.now(UTC) + YEAR),
            by=BY,
            reason="Back",
            at=datetime.now(UTC),
        )


def test_a_lapse_is_audited_once_and_dated_when_it_was() -> None:
    at = datetime.now(UTC)
    camera = make_camera()
    make_camera(number=2)
    authorise(
        camera,
        kind="renewed",
        valid_from=at - timedelta(hours=2),
        review_due_at=at - timedelta(hours=1),
    )
    assert standing_of(camera.id, at=at).ending is Ending.REVIEW

    assert note_lapses(at=at) == 1
    assert note_lapses(at=at + timedelta(minutes=1)) == 0

    row = CameraAuthority.objects.using(OWNER).get(kind="lapsed")
    assert row.valid_from == at - timedelta(hours=1)
    event = AuditEvent.objects.using(OWNER).get(verb="camera.lapse")
    assert event.payload["why"] == "its review was not done in time"
    give_authority(
        camera_id=camera.id,
        terms=Terms(kind=Kind.RENEWED, review_due_at=at + YEAR),
        by=BY,
        reason="Reviewed",
        at=at + timedelta(minutes=2),
    )
    assert standing_of(camera.id, at=at + timedelta(minutes=3)).collects
    assert not standing_of(camera.id, at=at).collects


def test_cameras_of_before_inherit_their_authority_and_are_told_to_write_a_case(
    superuser: psycopg.Connection[Any],
) -> None:
    migration = import_module("openanpr.cameras.migrations.0003_authority")
    vehicle = make_patrol_vehicle()
    for number, state in enumerate(CameraState, 1):
        Camera.objects.using(OWNER).create(
            name=f"Camera {number}",
            feed_id=7,
            source_id=1,
            camera_number=number,
            patrol_vehicle=vehicle,
            carrier="in-vehicle",
            area_name="North",
            state=state.value,
        )
    superuser.execute(migration.STEPS)
    superuser.execute(migration.AUTHORITY)

    at = datetime.now(UTC)
    for camera in Camera.objects.all():
        steps = list(camera.steps.order_by("sequence"))
        assert steps[-1].target == camera.state
        assert [step.sequence for step in steps] == list(range(1, len(steps) + 1))
        in_use = camera.state in {"approved", "live", "suspended"}
        assert standing_of(camera.id, at=at).collects is in_use
        assert standing_of(camera.id, at=at + timedelta(days=182)).collects is in_use
        assert not standing_of(camera.id, at=at + timedelta(days=184)).collects
    suspended = Camera.objects.get(state="suspended")
    back = change_state(
        camera_id=suspended.id, to=CameraState.LIVE, actor=BY, reason="Mended", at=at
    )
    assert isinstance(back, Camera)
