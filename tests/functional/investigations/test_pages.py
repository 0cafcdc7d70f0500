"""Teams, closing, and the way of a request for an authorisation through the pages."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from openanpr.access.vocabulary import Category, Rank, Role
from openanpr.accounts import session
from openanpr.audit.models import AuditEvent
from openanpr.investigations.models import AuthorisationGrant, AuthorisationRequest, Investigation
from openanpr.investigations.queries import team_of
from tests.factories.accounts import PASSWORD, client_as
from tests.factories.casework import MARK, REASON
from tests.functional.search.test_journey import moment

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


def page(name, investigation):
    return reverse(name, kwargs={"investigation_id": investigation.id})


def asked_for(client, casework, investigation, **fields):
    form = {
        "necessity": REASON,
        "proportionality": "No other record shows where the vehicle went that month",
        "vrms": f"{MARK}\noa31 aab",
        "days": "7",
        **moment("period_from", casework.at - 400 * DAY),
        **moment("period_to", casework.at - 380 * DAY),
        **fields,
    }
    return client.post(page("authorisation_ask", investigation), form)


def test_the_list_and_the_page_show_ones_own_investigations_alone(casework, ada, investigation):
    other = casework.investigation(casework.person("ben"), reference="FX/OTHER")
    client = client_as(ada)
    listed = client.get(reverse("investigations")).text
    assert "FX/2026/001" in listed
    assert "FX/OTHER" not in listed
    assert client.get(page("investigation", investigation)).status_code == 200
    for name in ("investigation", "investigation_close", "investigation_add", "authorisation_ask"):
        assert client.get(page(name, other)).status_code == 404


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"reference": "FX/2026/001"}, "with this reference"),
        ({"reference": "fx/2026/001"}, "with this reference"),
        ({"reference": "<b>"}, "letters, digits"),
        ({"justification": "because"}, "few words why"),
        ({"officer_in_charge": "nobody"}, "no such account"),
        ({"category": "none"}, "valid choice"),
        ({"title": ""}, "Title is needed"),
    ],
)
def test_an_investigation_says_what_it_is(casework, ada, investigation, fields, complaint):
    form = {
        "reference": "FX/2026/002",
        "title": "A series",
        "category": "serious",
        "justification": "A series of burglaries with one vehicle",
        "officer_in_charge": "ada",
    }
    answer = client_as(ada).post(reverse("investigation_open"), form | fields)
    assert answer.status_code == 422
    assert complaint in answer.text
    assert Investigation.objects.count() == 1


def test_the_officer_in_charge_is_in_the_team_from_the_start(casework, ada):
    casework.person("ben")
    answer = client_as(ada).post(
        reverse("investigation_open"),
        {
            "reference": "FX/2026/002",
            "title": "A series",
            "category": "serious",
            "justification": "A series of burglaries with one vehicle",
            "officer_in_charge": "Ben",
        },
    )
    assert answer.status_code == 302
    made = Investigation.objects.get()
    assert {member.user.username for member in team_of(made)} == {"ada", "ben"}
    assert made.officer_in_charge.username == "ben"


def test_the_team_grows_and_shrinks_and_both_are_audited(casework, ada, investigation):
    casework.person("ben")
    client = client_as(ada)
    answer = client.post(page("investigation_add", investigation), {"user": "ben"})
    assert answer.status_code == 302
    assert {member.user.username for member in team_of(investigation)} == {"ada", "ben"}
    assert client.post(page("investigation_add", investigation), {"user": "x"}).status_code == 422
    shown = client.get(page("investigation", investigation)).text
    assert "&lt;span" not in shown
    assert "Take out of the team" in shown
    client.post(page("investigation_remove", investigation), {"user": "ben"})
    assert [member.user.username for member in team_of(investigation)] == ["ada"]
    missing = client.post(page("investigation_remove", investigation), {"user": "ben"})
    assert missing.status_code == 404
    client.post(page("investigation_remove", investigation), {"user": "ada"})
    assert [member.user.username for member in team_of(investigation)] == ["ada"]
    verbs = AuditEvent.objects.filter(verb__startswith="investigation.").values_list("verb")
    assert list(verbs) == [("investigation.add-member",), ("investigation.remove-member",)]


def test_a_closed_investigation_is_not_offered_for_searching(ada, investigation):
    client = client_as(ada)
    assert client.post(page("investigation_close", investigation), {}).status_code == 422
    client.post(page("investigation_close", investigation), {"reason": "All suspects are charged"})
    investigation.refresh_from_db()
    assert investigation.state == "closed"
    assert "FX/2026/001" not in client.get(reverse("search")).text
    assert AuditEvent.objects.filter(verb="investigation.close").exists()
    assert client.get(page("investigation", investigation)).status_code == 200
    for name in ("investigation_close", "investigation_add", "authorisation_ask"):
        assert client.get(page(name, investigation)).status_code == 404


def test_a_request_is_granted_by_an_officer_of_sufficient_rank(casework, ada, boss, investigation):
    client = client_as(ada)
    assert "superintendent" in client.get(page("authorisation_ask", investigation)).text
    assert asked_for(client, casework, investigation).status_code == 302
    assert "Waiting" in client.get(page("investigation", investigation)).text
    asked = AuthorisationRequest.objects.get()
    assert asked.vrms == [MARK, "OA31AAB"]
    officer = client_as(boss)
    assert "FX/2026/001" in officer.get(reverse("authorisations")).text
    address = reverse("authorisation", kwargs={"request_id": asked.id})
    assert "Rank needed now" in officer.get(address).text
    answer = officer.post(address, {"reason": REASON, "answer": "grant"})
    assert answer.url == reverse("authorisations")
    grant = AuthorisationGrant.objects.get()
    assert (grant.granted_by_person, grant.requested_by_person) == ("person-boss", "person-ada")
    event = AuditEvent.objects.get(verb="grant.approve")
    assert (event.decision, event.profile_version) == ("allow", "essex-2y@1")
    assert "In force" in client.get(page("investigation", investigation)).text
    assert "Nothing waits" in officer.get(reverse("authorisations")).text
    again = officer.post(address, {"reason": REASON, "answer": "grant"})
    assert again.status_code == 302
    assert AuthorisationGrant.objects.count() == 1


def test_an_officer_who_signed_in_a_while_ago_proves_who_they_are_before_deciding(
    casework, ada, boss, investigation
):
    asked_for(client_as(ada), casework, investigation)
    address = reverse("authorisation", kwargs={"request_id": AuthorisationRequest.objects.get().id})
    officer = client_as(boss)
    stored = officer.session
    stored[session.STARTED] -= timedelta(hours=1).total_seconds()
    stored.save()
    decision = {"reason": REASON, "answer": "grant"}
    for answer in (officer.get(address), officer.post(address, decision)):
        assert answer.url == f"{reverse('account_reauthenticate')}?{urlencode({'next': address})}"
    assert not AuthorisationGrant.objects.exists()
    proved = officer.post(answer.url, {"password": PASSWORD, "next": address})
    assert proved.url == address
    assert officer.post(address, decision).url == reverse("authorisations")
    assert AuthorisationGrant.objects.count() == 1


def test_a_request_is_refused_with_a_reason_that_the_requester_reads(
    casework, ada, boss, investigation
):
    client, officer = client_as(ada), client_as(boss)
    asked_for(client, casework, investigation)
    address = reverse("authorisation", kwargs={"request_id": AuthorisationRequest.objects.get().id})
    assert officer.post(address, {"reason": "no", "answer": "refuse"}).status_code == 422
    officer.post(address, {"reason": "The period is far too long for this", "answer": "refuse"})
    assert "The period is far too long" in client.get(page("investigation", investigation)).text
    assert not AuthorisationGrant.objects.exists()
    assert AuditEvent.objects.get(verb="grant.refuse").decision == "deny"


@pytest.mark.security
def test_too_low_a_rank_is_told_so_and_audited(casework, ada, investigation):
    asked_for(client_as(ada), casework, investigation)
    low = casework.person("low", roles=(Role.AUTHORISER,), rank=Rank.INSPECTOR, mfa=True)
    address = reverse("authorisation", kwargs={"request_id": AuthorisationRequest.objects.get().id})
    answer = client_as(low).post(address, {"reason": REASON, "answer": "grant"})
    assert answer.status_code == 403
    assert "rank is too low" in answer.text
    event = AuditEvent.objects.get(verb="grant.approve")
    assert (event.decision, event.reasons) == ("deny", ["rank-too-low"])
    assert not AuthorisationGrant.objects.exists()


@pytest.mark.security
def test_one_person_with_two_accounts_cannot_authorise_themselves(casework, ada, investigation):
    asked_for(client_as(ada), casework, investigation)
    second = casework.person(
        "ada.command",
        person_id="person-ada",
        roles=(Role.AUTHORISER,),
        rank=Rank.CHIEF_OFFICER,
        mfa=True,
    )
    client = client_as(second)
    assert "FX/2026/001" not in client.get(reverse("authorisations")).text
    address = reverse("authorisation", kwargs={"request_id": AuthorisationRequest.objects.get().id})
    answer = client.post(address, {"reason": REASON, "answer": "grant"})
    assert answer.status_code == 403
    assert "nobody may authorise themselves" in answer.text


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"days": "29"}, "at most 28"),
        ({"days": "0"}, "greater than or equal to 1"),
        ({"necessity": "x"}, "few words why"),
        ({"proportionality": ""}, "is needed"),
        ({"vrms": "not a mark!!"}, "not a registration mark"),
        ({"vrms": "\n".join(f"OA30A{n:02d}" for n in range(51))}, "at most 50"),
        ({"period_to_year": "1999"}, "must end after it begins"),
    ],
)
def test_a_request_is_complete(casework, ada, investigation, fields, complaint):
    answer = asked_for(client_as(ada), casework, investigation, **fields)
    assert answer.status_code == 422
    assert complaint in answer.text
    assert not AuthorisationRequest.objects.exists()
