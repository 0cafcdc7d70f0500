"""What is covert: nobody learns of a covert camera or list who has no right of their own to it."""

from datetime import timedelta

import pytest

from openanpr.access.vocabulary import Role
from openanpr.alerts.models import Alert
from openanpr.alerts.services.dispatch import dispatch_waiting
from openanpr.config.database import DatabaseRole
from openanpr.hotlists.queries import lists_of_force
from tests.factories.accounts import client_as, make_user
from tests.factories.alerts import OWNER, World, acting_as
from tests.factories.cameras import make_camera, make_site

pytestmark = pytest.mark.security
PLACE = "Hidden Lane hide"


def dispatch(world: World, *, minutes: int = 0) -> None:
    with acting_as(DatabaseRole.WORKER):
        dispatch_waiting(at=world.at + timedelta(minutes=minutes))


def covert_camera(world: World):
    site = make_site("HID-1", name=PLACE, area_name=world.north.area, sensitive=True)
    return make_camera(number=66, site=site, name=PLACE, area_name=world.north.area)


def hit_at(world: World, camera, entry, **fields):
    return world.hit(
        entry,
        camera_id=camera.id,
        camera_name=camera.name,
        camera_area=camera.area_name,
        **fields,
    )


def test_a_hit_at_a_covert_camera_reaches_nobody_without_the_covert_right(world: World) -> None:
    hit_at(world, covert_camera(world), world.entry(world.hotlist()))
    dispatch(world)
    alert = Alert.objects.get()
    patrol = client_as(
        make_user("patrol", roles=(Role.ALERT_USER,), unit=world.north, location_right=True)
    )
    for address in ("/alerts/", f"/alerts/{alert.id}/", f"/alerts/{alert.id}/row/"):
        page = patrol.get(address).content.decode()
        assert PLACE not in page
        assert str(alert.id) not in page
        assert alert.vrm not in page
    named = client_as(
        make_user(
            "named",
            roles=(Role.ALERT_USER,),
            unit=world.north,
            location_right=True,
            covert_right=True,
        )
    )
    assert PLACE in named.get(f"/alerts/{alert.id}/").content.decode()


@pytest.mark.parametrize("covert_first", [True, False])
def test_hits_at_covert_and_open_cameras_never_share_an_alert(
    world: World, covert_first: bool
) -> None:
    entry = world.entry(world.hotlist())
    hidden, seen = covert_camera(world), make_camera(number=7, area_name=world.north.area)
    order = [hidden, seen] if covert_first else [seen, hidden]
    for minutes, camera in enumerate(order):
        hit_at(world, camera, entry, captured_at=world.at + timedelta(minutes=minutes))
        dispatch(world, minutes=minutes)
    by_camera = {
        alert.hit.camera_id: (alert.covert, alert.hit_count)
        for alert in Alert.objects.using(OWNER).select_related("hit")
    }
    assert by_camera == {hidden.id: (True, 1), seen.id: (False, 1)}


def test_a_covert_list_is_no_list_to_a_manager_without_the_covert_right(world: World) -> None:
    covert = world.hotlist("Operation Hidden", covert=True, told_units=["Intelligence"])
    entry = world.entry(covert)
    addresses = [
        f"/lists/{covert.id}/",
        f"/lists/{covert.id}/review/",
        f"/lists/{covert.id}/add/",
        f"/lists/{covert.id}/{entry.id}/withdraw/",
    ]
    manager = client_as(make_user("lists", roles=(Role.LIST_MANAGER,), unit=world.north))
    assert "Operation Hidden" not in manager.get("/lists/").content.decode()
    assert [manager.get(address).status_code for address in addresses] == [404] * 4
    assert manager.post(f"/lists/{covert.id}/{entry.id}/confirm/").status_code == 404
    trusted = client_as(
        make_user("trusted", roles=(Role.LIST_MANAGER,), unit=world.north, covert_right=True)
    )
    assert "Operation Hidden" in trusted.get("/lists/").content.decode()
    assert [trusted.get(address).status_code for address in addresses] == [200] * 4


def test_a_covert_entry_is_no_entry_to_a_manager_without_the_covert_right(world: World) -> None:
    hotlist = world.hotlist()
    world.entry(hotlist, "OA31AAB")
    entry = world.entry(hotlist, covert=True)
    manager = client_as(make_user("lists", roles=(Role.LIST_MANAGER,), unit=world.north))
    page = manager.get(f"/lists/{hotlist.id}/").content.decode().replace(" ", "")
    assert "OA31AAB" in page
    assert entry.vrm not in page
    assert str(entry.id) not in page
    assert manager.get(f"/lists/{hotlist.id}/{entry.id}/withdraw/").status_code == 404
    (shown,) = lists_of_force(force="FX", covert=False, at=world.at)
    (all_of_it,) = lists_of_force(force="FX", covert=True, at=world.at)
    assert (shown.live_entries, all_of_it.live_entries) == (1, 2)


def test_the_register_keeps_covert_cameras_from_managers_without_the_right(world: World) -> None:
    camera = covert_camera(world)
    manager = client_as(
        make_user("cameras", roles=(Role.CAMERA_MANAGER,), unit=world.north, location_right=True)
    )
    page = manager.get("/cameras/").content.decode()
    assert PLACE not in page
    assert camera.key not in page
    assert manager.get(f"/cameras/{camera.id}/suspend/").status_code == 404
    trusted = client_as(
        make_user("trusted", roles=(Role.CAMERA_MANAGER,), unit=world.north, covert_right=True)
    )
    assert camera.key in trusted.get("/cameras/").content.decode()
