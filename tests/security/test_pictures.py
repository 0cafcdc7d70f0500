"""A link to a picture opens nothing that its owner could not be shown at that very moment."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import RoleHeld, TrainingRecord, User
from openanpr.alerts.models import Alert
from openanpr.alerts.pictures import pictures_of
from openanpr.alerts.services.dispatch import dispatch_waiting
from openanpr.audit.models import AuditEvent
from openanpr.config.database import DatabaseRole
from openanpr.config.values import get_settings
from openanpr.forces.models import Unit
from openanpr.investigations.models import Investigation, InvestigationMember
from openanpr.reads.images import image_store
from openanpr.reads.links import ImageLink, image_url
from openanpr.reads.models import ReadImage
from openanpr.search.presenters import read_lines
from openanpr.search.question import MarkQuestion
from openanpr.search.services import run_search
from openanpr.wire.ids import uuid7
from tests.factories.accounts import client_as, make_user
from tests.factories.alerts import OWNER, World, acting_as
from tests.factories.casework import MARK, REASON

pytestmark = pytest.mark.security
KEPT = b"\xff\xd8kept\xff\xd9"
RECEIVED = hashlib.sha256(b"as it came").digest()
OTHER = hashlib.sha256(b"of another read").digest()
DAY = timedelta(days=1)


@pytest.fixture
def pictures(db, data_dir):
    stored = image_store(get_settings()).put(KEPT)
    for received in (RECEIVED, OTHER):
        ReadImage.objects.using(OWNER).create(
            received_sha256=received,
            device=uuid7(),
            kind="patch",
            stored_sha256=bytes.fromhex(stored),
            received_at=datetime.now(UTC),
            bytes=len(KEPT),
        )


def verbs() -> list[str]:
    return list(AuditEvent.objects.using(OWNER).values_list("verb", flat=True))


def end_role(user: User) -> None:
    RoleHeld.objects.using(OWNER).filter(user=user).update(valid_to=datetime.now(UTC))
    # Another role that opens the address of pictures, and nothing more.
    RoleHeld.objects.using(OWNER).create(
        user=user, role=Role.SEARCHER.value, valid_from=datetime.now(UTC) - DAY
    )


def end_training(user: User) -> None:
    TrainingRecord.objects.using(OWNER).filter(user=user).update(expires_at=datetime.now(UTC))


def end_vetting(user: User) -> None:
    User.objects.using(OWNER).filter(pk=user.pk).update(vetted=False)


@pytest.fixture
def alert_link(world: World, pictures):
    """An officer, and a link to a picture of an alert that was theirs when it was made."""
    world.hit(world.entry(world.hotlist()), patch_hash=RECEIVED)
    with acting_as(DatabaseRole.WORKER):
        dispatch_waiting(at=world.at)
    alert = Alert.objects.select_related("latest_hit").get()
    officer = make_user("north", roles=(Role.ALERT_USER,), unit=world.north)
    return officer, pictures_of(alert, user=officer, at=datetime.now(UTC)).patch


def test_an_alert_picture_opens_for_whom_it_was_shown_to(alert_link):
    officer, link = alert_link
    assert client_as(officer).get(link).content == KEPT


def to_other_unit(user: User) -> None:
    south = Unit.objects.get(name="South response")
    User.objects.using(OWNER).filter(pk=user.pk).update(unit=south)


@pytest.mark.parametrize("end", [end_role, end_training, end_vetting, to_other_unit])
def test_an_alert_picture_closes_with_the_right_to_the_alert(alert_link, end):
    officer, link = alert_link
    client = client_as(officer)
    end(officer)
    answer = client.get(link)
    assert KEPT not in answer.content
    assert answer.status_code == 404
    assert "image.refuse" in verbs()
    assert "image.view" not in verbs()


@pytest.mark.parametrize("purpose", ["", "alert", "nothing:1", "alert:{}", "search:{}"])
def test_a_link_for_no_known_purpose_opens_nothing(alert_link, purpose):
    officer, _ = alert_link
    link = image_url(
        ImageLink(account_id=officer.pk, sha256=RECEIVED.hex(), purpose=purpose.format(uuid7())),
        at=datetime.now(UTC),
    )
    assert KEPT not in client_as(officer).get(link).content


def test_an_alert_opens_the_pictures_of_its_own_hits_alone(alert_link):
    officer, _ = alert_link
    link = image_url(
        ImageLink(
            account_id=officer.pk,
            sha256=OTHER.hex(),
            purpose=f"alert:{Alert.objects.get().id}",
        ),
        at=datetime.now(UTC),
    )
    assert KEPT not in client_as(officer).get(link).content


@pytest.fixture
def search_link(casework, stored, pictures):
    """An analyst, their investigation, and a link to a picture that their search showed."""
    ada = casework.person("ada", mfa=True)
    investigation = casework.investigation(ada)
    at = casework.at
    stored.add(MARK, at - DAY, casework.camera().id, patch_hash=RECEIVED)
    result = run_search(
        author=casework.author(ada),
        question=MarkQuestion(vrm=MARK, start=at - 7 * DAY, end=at, reason=REASON),
        investigation=investigation,
        at=at,
    )
    (line,) = read_lines(result, user=ada, at=at)
    return ada, investigation, line.patch


def test_a_search_picture_opens_for_the_searcher(search_link):
    ada, _, link = search_link
    assert client_as(ada).get(link).content == KEPT


def leave_the_team(user: User) -> None:
    InvestigationMember.objects.using(OWNER).filter(user=user).update(removed_at=datetime.now(UTC))


def close_the_investigation(user: User) -> None:
    Investigation.objects.using(OWNER).update(state="closed")


@pytest.mark.parametrize(
    "end", [end_training, end_vetting, leave_the_team, close_the_investigation]
)
def test_a_search_picture_closes_with_the_right_to_the_read(search_link, end):
    ada, _, link = search_link
    client = client_as(ada)
    end(ada)
    assert KEPT not in client.get(link).content
    assert "image.refuse" in verbs()
    assert "image.view" not in verbs()
