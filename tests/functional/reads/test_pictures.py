"""Pictures leave the store through personal links that end, each viewing audited first."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core import signing
from tests.factories.accounts import client_as, make_user

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from openanpr.audit.models import AuditEvent
from openanpr.config.values import get_settings
from openanpr.reads import purposes
from openanpr.reads.images import image_store
from openanpr.reads.links import ImageLink, image_url
from openanpr.reads.models import ReadImage
from openanpr.wire import uuid7

pytestmark = pytest.mark.usefixtures("db")

OWNER = "owner"
RECEIVED = hashlib.sha256(b"as the camera took it").hexdigest()
KEPT = b"\xff\xd8as we keep it\xff\xd9"


@pytest.fixture(autouse=True)
def any_purpose_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """What each app says of its own purposes is tested with that app."""
    monkeypatch.setitem(purposes.CHECKS, "test", lambda _link, _user, _at: True)


@pytest.fixture
def officer() -> User:
    return make_user(roles=(Role.ALERT_USER,))


@pytest.fixture
def picture(data_dir: Path) -> str:
    """A picture that has come; the hash by which its read names it."""
    stored = image_store(get_settings()).put(KEPT)
    ReadImage.objects.using(OWNER).create(
        received_sha256=bytes.fromhex(RECEIVED),
        device=uuid7(),
        kind="patch",
        stored_sha256=bytes.fromhex(stored),
        received_at=datetime.now(UTC),
        bytes=len(KEPT),
    )
    return RECEIVED


def link(user: User, sha256: str = RECEIVED) -> str:
    now = datetime.now(UTC)
    return image_url(ImageLink(account_id=user.pk, sha256=sha256, purpose="test:1"), at=now)


def events(verb: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.using(OWNER).filter(verb=verb))


def test_the_person_it_was_linked_for_sees_it_and_that_is_audited(
    officer: User, picture: str
) -> None:
    answer = client_as(officer).get(link(officer))

    assert answer.status_code == 200
    assert answer.content == KEPT
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    (event,) = events("image.view")
    assert (event.actor_person, event.subject) == (officer.person_id, "test:1")
    assert event.payload == {"image": hashlib.sha256(KEPT).hexdigest()}


@pytest.mark.security
def test_nobody_else_sees_it(officer: User, picture: str) -> None:
    other = client_as(make_user(roles=(Role.ALERT_USER,)))
    answer = other.get(link(officer))
    assert answer.status_code == 404
    assert KEPT not in answer.content
    assert len(events("image.refuse")) == 1
    assert events("image.view") == []


@pytest.mark.security
def test_a_link_is_over_after_five_minutes(officer: User, picture: str) -> None:
    client = client_as(officer)
    with time_machine.travel(datetime.now(UTC) - timedelta(minutes=5, seconds=1), tick=False):
        old = link(officer)
    assert client.get(old).status_code == 404
    assert events("image.view") == []


@pytest.mark.security
@pytest.mark.parametrize(
    "token", ["nonsense", signing.dumps({"a": 1}, salt="another")], ids=["nonsense", "of another"]
)
def test_a_forged_link_shows_nothing(officer: User, picture: str, token: str) -> None:
    assert client_as(officer).get(f"/images/{token}").status_code == 404


@pytest.mark.security
def test_a_role_without_pictures_gets_none(picture: str) -> None:
    manager = make_user(roles=(Role.SYSTEM_MANAGER,))
    assert client_as(manager).get(link(manager)).status_code == 403


def test_a_picture_that_is_still_to_come_says_so(officer: User) -> None:
    answer = client_as(officer).get(link(officer, "0" * 64))
    assert answer.status_code == 404
    assert "has not come" in answer.content.decode()
    assert answer["Retry-After"] == "2"
    assert events("image.view") == []
