"""Every row that a page leaves in the audit says from which address and by which request."""

import pytest

from openanpr.access.vocabulary import Role
from openanpr.audit.models import AuditEvent
from tests.factories.accounts import client_as, make_user
from tests.factories.alerts import World
from tests.factories.cameras import make_camera

pytestmark = pytest.mark.security


def rows_of(answer) -> list[tuple[str, str]]:
    rows = AuditEvent.objects.filter(request_id=answer["X-Request-ID"])
    return sorted(rows.values_list("verb", "source_address"))


def test_changes_of_lists_cameras_and_roles_are_traced(world: World) -> None:
    entry = world.entry(world.hotlist())
    camera = make_camera()
    roles = (Role.LIST_MANAGER, Role.CAMERA_MANAGER, Role.SYSTEM_MANAGER)
    client = client_as(make_user("everything", roles=roles, unit=world.north))
    other = make_user("other")
    where = {"REMOTE_ADDR": "192.0.2.7"}

    shown = client.get(f"/lists/{entry.hotlist_id}/", **where)
    assert rows_of(shown) == [("list.view", "192.0.2.7")]
    withdrawn = client.post(
        f"/lists/{entry.hotlist_id}/{entry.id}/withdraw/", {"reason": "It was found"}, **where
    )
    assert rows_of(withdrawn) == [("entry.withdraw", "192.0.2.7"), ("list.view", "192.0.2.7")]
    suspended = client.post(
        f"/cameras/{camera.id}/suspend/", {"reason": "The lens is broken"}, **where
    )
    assert rows_of(suspended) == [("camera.state", "192.0.2.7")]
    given = client.post(f"/accounts/{other.pk}/roles/", {"role": "searcher"}, **where)
    assert rows_of(given) == [("role.give", "192.0.2.7")]


def test_one_request_is_never_taken_for_another(world: World) -> None:
    client = client_as(make_user("lists", roles=(Role.LIST_MANAGER,), unit=world.north))
    hotlist = world.hotlist()
    ids = [client.get(f"/lists/{hotlist.id}/")["X-Request-ID"] for _ in range(2)]
    assert (
        list(
            AuditEvent.objects.filter(verb="list.view")
            .order_by("sequence")
            .values_list("request_id", flat=True)
        )
        == ids
    )
