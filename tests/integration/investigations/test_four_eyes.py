"""Four eyes in the database: on persons, whatever the program says about them."""

from datetime import timedelta

import pytest
from django.db import Error, IntegrityError, connection

from openanpr.access.vocabulary import Rank, Role
from openanpr.investigations.models import AuthorisationGrant, AuthorisationRequest
from openanpr.investigations.queries import (
    facts_of,
    grants_of,
    investigation_of,
    requests_to,
    with_look_alikes,
)
from openanpr.investigations.services import authorisations
from openanpr.policy.queries import profile_in_force
from tests.factories.casework import MARK, OTHER_MARK, REASON

pytestmark = pytest.mark.security
DAY = timedelta(days=1)


@pytest.fixture
def ada(casework):
    return casework.person("ada")


@pytest.fixture
def twin(casework):
    """The same person's other account, of the highest rank, that may authorise."""
    return casework.person(
        "ada.command",
        person_id="person-ada",
        roles=(Role.AUTHORISER,),
        rank=Rank.CHIEF_OFFICER,
        unit=casework.other_unit,
    )


@pytest.fixture
def asked(casework, ada):
    return authorisations.request_authorisation(
        author=casework.author(ada),
        investigation=casework.investigation(ada),
        necessity=REASON,
        proportionality=REASON,
        period_from=casework.at - 100 * DAY,
        period_to=casework.at - 95 * DAY,
        vrms=[MARK],
        days=7,
        at=casework.at,
    )


def grant_row(casework, asked, user, **fields):
    values = {
        "request": asked,
        "investigation": asked.investigation,
        "granted_by": user,
        "granted_by_person": "person-somebody-else",
        "requested_by_person": "person-ada",
        "authoriser_rank": user.rank,
        "authoriser_unit": "Command",
        "requester_unit": asked.requester_unit,
        "period_from": asked.period_from,
        "period_to": asked.period_to,
        "vrms": asked.vrms,
        "valid_from": casework.at,
        "expires_at": casework.at + 7 * DAY,
        "reason": REASON,
    }
    return AuthorisationGrant(**(values | fields))


def test_the_policy_refuses_ones_own_request_from_another_account(casework, asked, twin):
    decision = authorisations.grant(
        author=casework.author(twin),
        asked=asked,
        reason=REASON,
        profile=profile_in_force(at=casework.at),
        at=casework.at,
    )
    assert [str(reason) for reason in decision.reasons] == ["self-authorised"]
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_with_the_policy_gone_the_database_refuses(casework, asked, twin, ada, monkeypatch):
    class Yes:
        allowed = True
        reasons = ()
        profile = "none@0"

    monkeypatch.setattr(authorisations, "decision_on", lambda *_, **__: Yes())
    for user in (twin, ada):
        with pytest.raises(IntegrityError, match="authorisation_grant_four_eyes"):
            authorisations.grant(
                author=casework.author(user),
                asked=asked,
                reason=REASON,
                profile=profile_in_force(at=casework.at),
                at=casework.at,
            )
    assert not AuthorisationGrant.objects.exists()
    assert AuthorisationRequest.objects.get().state == "asked"


def test_a_person_id_that_the_program_makes_up_is_not_believed(casework, asked, twin):
    with pytest.raises(IntegrityError, match="four_eyes"):
        grant_row(casework, asked, twin).save(force_insert=True)


@pytest.mark.parametrize(
    "wider",
    [
        {"period_from": timedelta(days=-101)},
        {"period_to": timedelta(days=-94)},
        {"vrms": None},
        {"vrms": [MARK, OTHER_MARK]},
    ],
)
def test_a_grant_reaches_no_further_than_its_request(casework, asked, wider):
    boss = casework.person("boss", roles=(Role.AUTHORISER,), rank=Rank.SUPERINTENDENT)
    fields = {
        name: casework.at + value if isinstance(value, timedelta) else value
        for name, value in wider.items()
    }
    with pytest.raises(Error, match="cannot reach further"):
        grant_row(casework, asked, boss, **fields).save(force_insert=True)


def test_a_grant_is_revoked_but_not_changed(casework, asked):
    boss = casework.person("boss", roles=(Role.AUTHORISER,), rank=Rank.SUPERINTENDENT)
    grant = grant_row(casework, asked, boss)
    grant.save(force_insert=True)
    AuthorisationGrant.objects.update(revoked_at=casework.at)
    (facts,) = grants_of(asked.investigation)
    assert facts.revoked_at == casework.at
    for change in ("expires_at = now() + interval '1 year'", "vrms = null"):
        with pytest.raises(Error, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(f"update authorisation_grant set {change}")  # noqa: S608 - constants
    with pytest.raises(Error, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("delete from authorisation_grant")


def test_a_request_is_seen_by_other_authorisers_of_the_force(casework, asked, twin):
    boss = casework.person("boss", roles=(Role.AUTHORISER,), rank=Rank.SUPERINTENDENT)
    assert list(requests_to(actor=casework.author(boss).actor)) == [asked]
    assert list(requests_to(actor=casework.author(twin).actor)) == []


def test_an_investigation_is_its_teams_alone(casework, ada):
    investigation = casework.investigation(ada)
    found = investigation_of(person_id="person-ada", investigation_id=investigation.id)
    assert found == investigation
    assert investigation_of(person_id="person-ben", investigation_id=investigation.id) is None
    assert facts_of(investigation).member_person_ids == {"person-ada"}


def test_look_alikes_are_every_spelling():
    assert with_look_alikes(["OA1"]) == {"OA1", "0A1", "OAI", "0AI"}
    assert with_look_alikes(["AB"]) == {"AB"}
    assert with_look_alikes([]) == frozenset()
    assert with_look_alikes(None) is None
