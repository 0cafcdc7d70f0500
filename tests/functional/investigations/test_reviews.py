"""Reviews of investigations, and what an authorising officer is told of requests like one."""

from datetime import timedelta

import pytest
from django.urls import reverse

from openanpr.access.vocabulary import Category, Rank, Role
from openanpr.accounts.queries import actor_of
from openanpr.audit.models import AuditEvent
from openanpr.investigations.models import AuthorisationRequest, Investigation
from openanpr.search.models import SearchRun
from openanpr.web.deadlines import deadlines_for
from tests.factories.accounts import client_as
from tests.factories.casework import MARK, REASON
from tests.functional.search.test_journey import moment

DAY = timedelta(days=1)


@pytest.fixture
def ada(casework):
    return casework.person("ada", mfa=True)


def a_search(investigation, user, at, **fields):
    values = {
        "decision": "allow",
        "rows": 0,
        "vrm": MARK,
        "look_alikes": False,
        "period_from": at - DAY,
        "period_to": at,
        "reason": REASON,
        "profile": "p",
        "parts": [],
        "audit_sequence": 1,
    }
    return SearchRun.objects.using("owner").create(
        investigation=investigation, user=user, asked_at=at, **{**values, **fields}
    )


def a_request(investigation, user, at, state="refused"):
    return AuthorisationRequest.objects.using("owner").create(
        investigation=investigation,
        requested_by=user,
        requester_unit=user.unit.name,
        requested_at=at,
        necessity=REASON,
        proportionality=REASON,
        period_from=at - 400 * DAY,
        period_to=at - 390 * DAY,
        days=7,
        state=state,
    )


def due_for(user, at):
    found = deadlines_for(actor_of(user, at=at), at=at)
    return [one.due_at for one in found if one.key.startswith("investigation.review:")]


def test_a_review_keeps_it_open_until_the_next_and_says_why(casework, ada):
    investigation = casework.investigation(ada)
    assert due_for(ada, casework.at) == [investigation.opened_at + 28 * DAY]
    a_search(investigation, ada, casework.at, rows=3)
    address = reverse("investigation_review", args=[investigation.id])
    client = client_as(ada)
    page = client.get(address)
    assert "1 search: 1 found reads, 0 found none, 0 were refused" in page.text
    far = {"reason": REASON, **moment("review_at", casework.at + 100 * DAY)}
    assert client.post(address, far).status_code == 422
    near = {"reason": REASON, **moment("review_at", casework.at + 60 * DAY)}
    assert client.post(address, near).status_code == 302
    kept = Investigation.objects.get(id=investigation.id)
    assert due_for(ada, casework.at) == [kept.review_at]
    assert AuditEvent.objects.get(verb="investigation.review").reason == REASON
    assert client_as(casework.person("ben", mfa=True)).get(address).status_code == 404


def test_an_overdue_review_is_told_and_a_closed_investigation_needs_none(casework, ada):
    investigation = casework.investigation(ada)
    Investigation.objects.filter(id=investigation.id).update(review_at=casework.at - DAY)
    page = client_as(ada).get(reverse("investigation", args=[investigation.id]))
    assert "Overdue" in page.text
    Investigation.objects.filter(id=investigation.id).update(state="closed")
    assert due_for(ada, casework.at) == []


def test_the_authorising_officer_sees_what_came_of_requests_like_it(casework, ada):
    at = casework.at
    boss = casework.person(
        "boss",
        roles=(Role.AUTHORISER,),
        rank=Rank.SUPERINTENDENT,
        unit=casework.other_unit,
        mfa=True,
    )
    earlier = casework.investigation(ada, reference="FX/1", category=Category.MAJOR)
    other = casework.investigation(ada, reference="FX/2", category=Category.SERIOUS)
    a_request(earlier, ada, at - 20 * DAY, state="granted")
    a_request(earlier, ada, at - 10 * DAY)
    a_request(earlier, ada, at - 400 * DAY)
    a_request(other, ada, at - 5 * DAY)
    a_search(earlier, ada, at - 9 * DAY, rows=12)
    a_search(earlier, ada, at - 8 * DAY)
    a_search(earlier, ada, at - 7 * DAY, decision="deny", rows=None)
    a_search(other, ada, at - 7 * DAY, rows=9)
    now_asked = casework.investigation(ada, reference="FX/3", category=Category.MAJOR)
    asked = a_request(now_asked, ada, at, state="asked")
    page = client_as(boss).get(reverse("authorisation", args=[asked.id])).text
    assert "2 others of this category in the last year: 1 granted, 1 refused, 0 waiting" in page
    assert "3 searches: 1 found reads, 1 found none, 1 was refused" in page
    assert MARK not in page
