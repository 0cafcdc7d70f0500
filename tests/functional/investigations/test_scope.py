"""How far an investigation reaches, and authorisations that are limited or taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from openanpr.access.decide import decide_search
from openanpr.access.facts import SearchQuery
from openanpr.access.vocabulary import Category, Rank, Reason, Role
from openanpr.accounts.queries import actor_of
from openanpr.audit.models import AuditEvent
from openanpr.investigations.models import AuthorisationGrant, AuthorisationRequest, Investigation
from openanpr.investigations.queries import facts_of, grants_of
from openanpr.policy.queries import profile_in_force
from tests.factories.accounts import client_as
from tests.factories.casework import MARK, OTHER_MARK, REASON

DAY = timedelta(days=1)


@pytest.fixture
def ada(casework):
    return casework.person("ada", mfa=True)


@pytest.fixture
def boss(casework):
    return casework.person(
        "boss",
        roles=(Role.AUTHORISER,),
        rank=Rank.SUPERINTENDENT,
        unit=casework.other_unit,
        mfa=True,
    )


@pytest.fixture
def investigation(casework, ada):
    return casework.investigation(ada, category=Category.MAJOR)


def asked(casework, user, mark, *, days_ago=1):
    """The policy's answer to a search for ``mark`` a little later, when the pages were used."""
    at = casework.at + timedelta(minutes=30)
    found = Investigation.objects.get()
    start = casework.at - days_ago * DAY
    return decide_search(
        actor=actor_of(user, at=at),
        query=SearchQuery(kind="mark", start=start, end=start + DAY, reason=REASON, vrm=mark),
        investigation=facts_of(found),
        grants=grants_of(found),
        profile=profile_in_force(at=at),
        at=at,
    )


def set_scope(user, investigation, **fields):
    address = reverse("investigation_scope", kwargs={"investigation_id": investigation.id})
    return client_as(user).post(address, {"reason": REASON, **fields})


def test_a_search_outside_the_scope_is_refused_until_it_is_widened(casework, ada, investigation):
    assert set_scope(ada, investigation, vrms=MARK).status_code == 302
    assert asked(casework, ada, MARK).allowed
    refused = asked(casework, ada, OTHER_MARK)
    assert Reason.OUTSIDE_INVESTIGATION in refused.reasons
    assert set_scope(ada, investigation, vrms=f"{MARK}, {OTHER_MARK}").status_code == 302
    assert asked(casework, ada, OTHER_MARK).allowed
    events = AuditEvent.objects.filter(verb="investigation.scope").order_by("sequence")
    assert [one.payload["change"] for one in events] == ["narrowed", "widened"]
    assert MARK not in str([one.payload for one in events])


def test_the_scope_says_why_and_belongs_to_the_team(casework, ada, investigation):
    assert set_scope(ada, investigation, vrms=MARK, reason="x").status_code == 422
    assert set_scope(ada, investigation, vrms="!!").status_code == 422
    stranger = casework.person("ben", mfa=True)
    assert set_scope(stranger, investigation, vrms=MARK).status_code == 404
    assert Investigation.objects.get().vrms is None


def requested(casework, ada, investigation):
    from openanpr.investigations.services.authorisations import request_authorisation

    return request_authorisation(
        author=casework.author(ada),
        investigation=investigation,
        necessity=REASON,
        proportionality=REASON,
        period_from=casework.at - 400 * DAY,
        period_to=casework.at - 100 * DAY,
        vrms=[MARK, OTHER_MARK],
        days=14,
        at=casework.at,
    )


def answer(user, request, **fields):
    address = reverse("authorisation", kwargs={"request_id": request.id})
    return client_as(user).post(address, {"reason": REASON, "answer": "grant", **fields})


def test_less_may_be_granted_than_was_asked_for(casework, ada, boss, investigation):
    request = requested(casework, ada, investigation)
    assert answer(boss, request, days="20").status_code == 422, "never more"
    assert answer(boss, request, limit_vrms="OA32AAC").status_code == 422, "never others"
    assert answer(boss, request, days="3", limit_vrms=MARK).status_code == 302
    grant = AuthorisationGrant.objects.get()
    assert grant.vrms == [MARK]
    assert grant.expires_at - grant.valid_from == 3 * DAY
    assert asked(casework, ada, MARK, days_ago=200).allowed
    assert not asked(casework, ada, OTHER_MARK, days_ago=200).allowed


def test_an_authorisation_is_revoked_once_and_opens_nothing_more(
    casework, ada, boss, investigation
):
    request = requested(casework, ada, investigation)
    answer(boss, request)
    assert asked(casework, ada, MARK, days_ago=200).allowed
    address = reverse("authorisation_revoke", kwargs={"request_id": request.id})
    client = client_as(boss)
    assert client.post(address, {"reason": "no"}).status_code == 422
    assert client.post(address, {"reason": REASON}).status_code == 302
    refused = asked(casework, ada, MARK, days_ago=200)
    assert Reason.AUTHORISATION_REVOKED in refused.reasons
    client.post(address, {"reason": REASON})
    assert AuditEvent.objects.filter(verb="grant.revoke").count() == 1


def test_a_waiting_request_names_who_may_answer(casework, ada, boss, investigation):
    requested(casework, ada, investigation)
    low = casework.person("low", roles=(Role.AUTHORISER,), rank=Rank.INSPECTOR)
    address = reverse("investigation", kwargs={"investigation_id": investigation.id})
    page = client_as(ada).get(address).text
    assert boss.full_name in page
    assert low.full_name not in page
    assert AuthorisationRequest.objects.get().state == "asked"
