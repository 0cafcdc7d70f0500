"""What is shown stands in the audit, and where the audit can't be written nothing is shown."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from openanpr.alerts.models import Alert, Hit
from openanpr.alerts.pictures import pictures_of
from openanpr.alerts.services.dispatch import dispatch_waiting
from openanpr.audit.models import AuditEvent
from openanpr.config.database import DatabaseRole
from openanpr.config.values import get_settings
from openanpr.reads.images import image_store
from openanpr.reads.models import LiveSearch, ReadImage
from openanpr.search.models import SearchRun
from openanpr.search.question import MarkQuestion
from openanpr.search.services import SearchStoppedError, run_search
from tests.factories.accounts import client_as, make_user
from tests.factories.alerts import MARK, OWNER, World, acting_as
from tests.factories.casework import REASON

pytestmark = pytest.mark.security
KEPT = b"\xff\xd8kept without audit\xff\xd9"


@pytest.fixture
def alert(world: World) -> Alert:
    world.hit(world.entry(world.hotlist()))
    with acting_as(DatabaseRole.WORKER):
        dispatch_waiting(at=world.at)
    return Alert.objects.get()


@pytest.fixture
def officer(world: World, alert: Alert) -> Client:
    client = client_as(make_user("north", roles=(Role.ALERT_USER,), unit=world.north))
    client.raise_request_exception = False
    return client


@pytest.fixture
def manager(world: World) -> Client:
    client = client_as(make_user("lists", roles=(Role.LIST_MANAGER,), unit=world.north))
    client.raise_request_exception = False
    return client


@pytest.fixture
def no_audit(db: None, superuser) -> Iterator[None]:
    """The web process loses its right to append to the audit."""
    superuser.execute("revoke execute on function audit_append(jsonb) from openanpr_web")
    yield
    superuser.execute("grant execute on function audit_append(jsonb) to openanpr_web")


def shown_in_audit(verb: str) -> list[dict[str, object]]:
    return list(AuditEvent.objects.using(OWNER).filter(verb=verb).values_list("payload", flat=True))


def test_a_row_of_the_list_is_a_disclosure(officer: Client, alert: Alert) -> None:
    assert MARK in officer.get(f"/alerts/rows/?alert={alert.id}").content.decode().replace(" ", "")
    assert shown_in_audit("alert.list") == [{"count": 1, "alerts": [str(alert.id)]}]


@pytest.mark.usefixtures("no_audit")
@pytest.mark.parametrize("address", ["/alerts/", "/alerts/{}/", "/alerts/rows/?alert={}"])
def test_without_audit_no_alert_is_shown(officer: Client, alert: Alert, address: str) -> None:
    answer = officer.get(address.format(alert.id))
    assert answer.status_code >= 500
    assert MARK not in answer.content.decode().replace(" ", "")


@pytest.mark.usefixtures("no_audit")
@pytest.mark.parametrize("address", ["/lists/{list}/", "/lists/{list}/{entry}/withdraw/"])
def test_without_audit_no_entry_is_shown(manager: Client, alert: Alert, address: str) -> None:
    answer = manager.get(address.format(list=alert.hotlist_id, entry=alert.entry_id))
    assert answer.status_code >= 500
    assert MARK not in answer.content.decode().replace(" ", "")


def test_the_page_that_withdraws_an_entry_shows_it(manager: Client, alert: Alert) -> None:
    page = manager.get(f"/lists/{alert.hotlist_id}/{alert.entry_id}/withdraw/")
    assert page.status_code == 200
    assert shown_in_audit("list.view") == [{"count": 1, "entries": [str(alert.entry_id)]}]


@pytest.mark.usefixtures("no_audit")
def test_without_audit_no_picture_is_shown(officer: Client, alert: Alert, data_dir: Path) -> None:
    stored = image_store(get_settings()).put(KEPT)
    received = hashlib.sha256(b"as it came").digest()
    ReadImage.objects.using(OWNER).create(
        received_sha256=received,
        device=alert.id,
        kind="patch",
        stored_sha256=bytes.fromhex(stored),
    )
    Hit.objects.using(OWNER).update(patch_hash=received)
    alert = Alert.objects.select_related("latest_hit").get()
    user = User.objects.get(username="north")
    link = pictures_of(alert, user=user, at=datetime.now(UTC)).patch
    answer = officer.get(link)
    assert answer.status_code >= 500
    assert KEPT not in answer.content


def test_without_audit_nothing_is_searched(casework, stored, no_audit, connect_as) -> None:
    ada = casework.person("ada", mfa=True)
    investigation = casework.investigation(ada)
    stored.add(MARK, casework.at - timedelta(days=1))
    question = MarkQuestion(
        vrm=MARK, start=casework.at - timedelta(days=7), end=casework.at, reason=REASON
    )
    with pytest.raises(SearchStoppedError):
        run_search(
            author=casework.author(ada),
            question=question,
            investigation=investigation,
            at=casework.at,
        )
    assert not LiveSearch.objects.using(OWNER).exists()
    assert not SearchRun.objects.using(OWNER).exists()
