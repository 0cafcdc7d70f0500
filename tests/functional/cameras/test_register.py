"""A camera manager keeps the register."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError
from django.test import Client
from tests.factories.accounts import client_as, make_user
from tests.factories.cameras import (
    authorise,
    make_camera,
    make_patrol_vehicle,
    make_reader,
    profile_in_force,
)

from openanpr.access.vocabulary import Role
from openanpr.audit.models import AuditEvent
from openanpr.cameras.models import Camera, CameraAuthority, CameraGap, CameraStep

pytestmark = pytest.mark.usefixtures("db")

OWNER = "owner"


@pytest.fixture
def manager() -> Client:
    profile_in_force()
    return client_as(make_user(roles=(Role.CAMERA_MANAGER,)))


def test_the_register_shows_every_camera_by_its_area_alone(manager: Client) -> None:
    make_camera(make_reader(), number=1)
    make_camera(number=2, site=None, patrol_vehicle=make_patrol_vehicle(), area_name="FX21")
    page = manager.get("/cameras/").content.decode()
    assert "A12 camera 1" not in page
    assert "A12 camera 2" in page
    assert "Camera 7/1/1" in page
    assert "Chelmsford, north" in page
    assert "In FX21" in page
    assert "Gantry" not in page


def test_the_right_to_locations_shows_the_site(db: None) -> None:
    make_camera(make_reader())
    manager = client_as(make_user(roles=(Role.CAMERA_MANAGER,), location_right=True))
    page = manager.get("/cameras/").content.decode()
    assert "Gantry A12-1" in page
    assert "A12 camera 1" in page


@pytest.mark.parametrize(
    ("fields", "worry"),
    [
        ({}, "never heard of"),
        ({"last_heard_at": datetime.now(UTC) - timedelta(hours=1)}, "silent"),
        ({"fault": "lens dirty"}, "lens dirty"),
        ({"clock_offset_ms": -4200.0}, "clock is 4 s off"),
    ],
)
def test_what_is_wrong_with_a_camera_is_said(
    manager: Client, fields: dict[str, object], worry: str
) -> None:
    make_camera(make_reader(), **fields)
    assert worry in manager.get("/cameras/").content.decode()


def test_a_camera_that_fares_well_worries_nobody(manager: Client) -> None:
    make_camera(make_reader(), last_heard_at=datetime.now(UTC))
    assert "To look at" not in manager.get("/cameras/").content.decode()


def test_a_camera_is_suspended_and_put_back_with_reasons_that_are_audited(manager: Client) -> None:
    camera = make_camera(make_reader())

    assert "nothing that the camera reads" in (
        manager.get(f"/cameras/{camera.id}/suspend/").content.decode()
    )
    answer = manager.post(f"/cameras/{camera.id}/suspend/", {"reason": "Moved by the wind"})
    assert answer.status_code == 302
    suspended = Camera.objects.using(OWNER).get()
    assert (suspended.state, suspended.state_reason) == ("suspended", "Moved by the wind")
    page = manager.get("/cameras/").content.decode()
    assert "Camera 7/1/1 is suspended." in page
    assert "Moved by the wind" in page

    manager.post(f"/cameras/{camera.id}/live/", {"reason": "Set up again"})
    assert Camera.objects.using(OWNER).get().state == "live"
    events = AuditEvent.objects.using(OWNER).filter(verb="camera.state").order_by("sequence")
    assert {event.payload["camera"] for event in events} == {"7/1/1"}
    assert [(event.reason, event.payload["after"]) for event in events] == [
        ("Moved by the wind", "suspended"),
        ("Set up again", "live"),
    ]
    assert {event.acting_role for event in events} == {"camera-manager"}
    gap = CameraGap.objects.using(OWNER).get()
    back = Camera.objects.using(OWNER).get().state_changed_at
    assert (gap.kind, gap.starts_at, gap.ends_at) == ("not-live", suspended.state_changed_at, back)


def test_no_change_without_a_reason(manager: Client) -> None:
    camera = make_camera(make_reader())
    answer = manager.post(f"/cameras/{camera.id}/suspend/", {"reason": "  "})
    assert answer.status_code == 422
    assert "Give the reason" in answer.content.decode()
    assert Camera.objects.using(OWNER).get().state == "live"


@pytest.mark.parametrize(("state", "to"), [("proposed", "live"), ("retired", "suspend")])
def test_a_move_that_the_register_does_not_know_is_refused(
    manager: Client, state: str, to: str
) -> None:
    camera = make_camera(make_reader(), state=state)
    answer = manager.post(f"/cameras/{camera.id}/{to}/", {"reason": "Why not"})
    assert answer.status_code == 422
    assert "cannot become" in answer.content.decode()
    assert Camera.objects.using(OWNER).get().state == state


def test_an_unknown_camera_is_not_found(manager: Client) -> None:
    assert manager.get("/cameras/999/suspend/").status_code == 404


def test_a_camera_without_authority_is_not_put_live(manager: Client) -> None:
    camera = make_camera(make_reader(), state="suspended")
    authorise(camera, kind="withdrawn")
    answer = manager.post(f"/cameras/{camera.id}/live/", {"reason": "Needed again"})
    assert answer.status_code == 422
    assert "its authority was withdrawn" in answer.content.decode()
    assert Camera.objects.using(OWNER).get().state == "suspended"


def test_an_authoriser_withdraws_and_everybody_concerned_sees_that_it_stopped() -> None:
    profile_in_force()
    camera = make_camera(make_reader(), last_heard_at=datetime.now(UTC))
    authoriser = client_as(make_user(roles=(Role.AUTHORISER,)))
    assert "Yes; review due" in authoriser.get(f"/cameras/{camera.id}/").content.decode()
    answer = authoriser.post(f"/cameras/{camera.id}/withdraw/", {"reason": "The need is over"})
    assert answer.status_code == 302
    page = authoriser.get(f"/cameras/{camera.id}/").content.decode()
    assert "Stopped" in page
    assert "The need is over" in page
    assert "Nothing it sends is stored: its authority was withdrawn." in page
    event = AuditEvent.objects.using(OWNER).get(verb="camera.withdraw")
    assert (event.reason, event.acting_role) == ("The need is over", "authoriser")
    again = authoriser.post(f"/cameras/{camera.id}/withdraw/", {"reason": "Once more"})
    assert (again.status_code, CameraAuthority.objects.using(OWNER).count()) == (422, 2)


def test_the_end_is_shown_before_it_comes(manager: Client) -> None:
    camera = make_camera(make_reader(), last_heard_at=datetime.now(UTC))
    authorise(camera, kind="renewed", review_due_at=datetime.now(UTC) + timedelta(days=20))
    page = manager.get("/cameras/").content.decode()
    assert "To look at" in page
    assert "unless that is decided before" in page


def test_the_history_says_who_and_why_and_cannot_be_changed(manager: Client) -> None:
    camera = make_camera(make_reader())
    manager.post(f"/cameras/{camera.id}/suspend/", {"reason": "Moved by the wind"})
    manager.post(f"/cameras/{camera.id}/retire/", {"reason": "Taken down"})
    page = manager.get(f"/cameras/{camera.id}/").content.decode()
    for words in ("Taken over as it was", "Moved by the wind", "Taken down"):
        assert words in page
    with pytest.raises(DatabaseError, match="never changed"):
        CameraStep.objects.using(OWNER).update(reason="Another")
    with pytest.raises(DatabaseError, match="never changed"):
        CameraAuthority.objects.using(OWNER).all().delete()
