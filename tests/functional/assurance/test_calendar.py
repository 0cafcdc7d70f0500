"""What falls due, as the people whom it concerns see it."""

from datetime import UTC, datetime, timedelta

import pytest

from openanpr.access.vocabulary import Role
from openanpr.investigations.models import AuthorisationRequest, Hold
from openanpr.web.deadlines import all_deadlines
from tests.factories.accounts import client_as, make_user
from tests.factories.alerts import World, make_world
from tests.factories.casework import OWNER, make_casework

DAY = timedelta(days=1)


@pytest.fixture
def world(db: None) -> World:
    return make_world(datetime.now(UTC).replace(microsecond=0))


def page_of(user, address="/due/") -> str:
    answer = client_as(user).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_list_whose_review_is_overdue_is_told_to_its_managers_alone(world):
    world.hotlist("Late list", review_at=world.at - DAY)
    world.hotlist("Hidden list", review_at=world.at - DAY, covert=True)
    world.hotlist("Far list", review_at=world.at + 200 * DAY)
    manager = make_user(roles=(Role.LIST_MANAGER,), unit=world.north)
    page = page_of(manager)
    assert "Review the list Late list" in page
    assert "stops matching" in page
    assert "Hidden list" not in page
    assert "Far list" not in page
    assert "1 thing is overdue." in page_of(manager, "/")
    trusted = make_user(roles=(Role.LIST_MANAGER,), unit=world.north, covert_right=True)
    assert "Hidden list" in page_of(trusted)
    assert "Late list" not in page_of(make_user(roles=(Role.SEARCHER,), unit=world.north))


def test_training_that_ends_is_told_to_the_person_and_to_the_system_manager(world):
    patrol = make_user(
        roles=(Role.ALERT_USER,),
        unit=world.north,
        full_name="Pat Example",
        training_expires_at=world.at + 5 * DAY,
    )
    assert "Your ANPR training ends" in page_of(patrol)
    assert "1 thing falls due" in page_of(patrol, "/")
    assert "Pat Example: ANPR training ends" in page_of(
        make_user(roles=(Role.SYSTEM_MANAGER,), unit=world.north)
    )
    assert "Pat Example" not in page_of(make_user(roles=(Role.ALERT_USER,), unit=world.north))


def test_holds_and_requests_wait_for_those_who_can_answer_them(db):
    casework = make_casework(datetime.now(UTC))
    at = casework.at
    owner = casework.person("owner", mfa=True)
    asker = casework.person("asker", roles=(Role.ANALYST, Role.AUTHORISER), mfa=True)
    investigation = casework.investigation(owner, asker)
    Hold.objects.using(OWNER).create(
        investigation=investigation,
        ground="relevant-material",
        reference="MG6C/14",
        reason="Needed",
        owner=owner,
        placed_by=owner,
        placed_at=at - 90 * DAY,
        review_at=at - DAY,
    )
    AuthorisationRequest.objects.using(OWNER).create(
        investigation=investigation,
        requested_by=asker,
        requester_unit="Crime desk",
        requested_at=at - 2 * DAY,
        necessity="Needed",
        proportionality="Least that will do",
        period_from=at - 200 * DAY,
        period_to=at,
        days=7,
    )
    assert "Review the hold MG6C/14" in page_of(owner)
    answering = "Answer a request for authorisation in FX/2026/001"
    assert answering in page_of(
        casework.person("inspector", roles=(Role.AUTHORISER,), unit=casework.other_unit, mfa=True)
    )
    assert answering not in page_of(asker)
    keys = {one.key.partition(":")[0] for one in all_deadlines(at=at)}
    assert {"hold.review", "authorisation.answer"} <= keys


def test_what_waits_for_nobody_is_seen_by_those_who_oversee(world):
    world.hotlist("Orphaned list", review_at=world.at - DAY)
    auditor = make_user(roles=(Role.AUDITOR,), unit=world.north)
    page = page_of(auditor, "/assurance/due/")
    assert "2 things are overdue." in page  # the rules of the test are a year old
    assert page.index("Waits for nobody") < page.index("Orphaned list") < page.index("By date")
    make_user(roles=(Role.LIST_MANAGER,), unit=world.north)
    page = page_of(auditor, "/assurance/due/")
    assert page.index("By date") < page.index("Orphaned list") < page.index("List manager")
