"""A request comes in, is taken, identified, clarified and decided; nobody else gets in."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.accounts import client_as
from tests.factories.alerts import acting_as
from tests.factories.casework import MARK, make_casework

from openanpr.access.vocabulary import Role
from openanpr.audit.models import AuditEvent
from openanpr.config.database import DatabaseRole
from openanpr.postbox.tickets import new_ticket
from openanpr.rights.deadlines import replies
from openanpr.rights.models import InformationRequest, RequestStep
from openanpr.rights.timing import day_of
from openanpr.web.deadlines import Asked

REASON = "Passport seen at the counter by two of us"
ASKED = {
    "kind": "access",
    "full_name": "Pat Example",
    "contact": "pat@example.org",
    "words": "Where was my car read in October?",
    "vrm": "oa30 aaa",
    "period_from": "2026-10-01",
    "period_to": "2026-10-31",
}


@pytest.fixture
def casework(db):
    return make_casework(datetime.now(UTC))


@pytest.fixture
def robyn(casework):
    return casework.person("robyn", roles=(Role.RIGHTS_OFFICER,), mfa=True)


@pytest.fixture
def client(robyn):
    return client_as(robyn)


def ticket():
    """That of a form that was opened ten seconds ago."""
    opened = datetime.now(UTC) - timedelta(seconds=10)
    return {"ticket": new_ticket("request", at=opened).signed}


def asked_by_form(**changes):
    answer = Client().post(reverse("public_request"), ASKED | ticket() | changes)
    assert answer.status_code == 200, answer.content.decode()
    reference = re.search(r"IR-\w{4}-\w{4}", answer.content.decode())
    return InformationRequest.objects.get(reference=reference[0])


def step(client, request, name, **fields):
    address = reverse("rights_step", args=[request.id, name])
    return client.post(address, {"reason": REASON, **fields}, follow=True).content.decode()


def test_anybody_asks_and_learns_nothing_but_a_reference(casework):
    stranger = Client()
    form = ASKED | ticket()
    page = stranger.post(reverse("public_request"), form)
    assert stranger.post(reverse("public_request"), form).content == page.content, "sent twice"
    assert page["Cache-Control"] == "no-store"
    assert not stranger.cookies
    request = InformationRequest.objects.get()
    assert (request.vrm, request.channel, request.state) == (MARK, "web", "received")
    assert MARK not in page.content.decode()
    noted = AuditEvent.objects.get(verb="request.receive")
    assert (noted.actor_kind, noted.payload) == ("unknown", {"kind": "access", "channel": "web"})
    wrong = stranger.post(
        reverse("public_request"), ASKED | {"vrm": "?", "period_to": "2026-09-01"}
    )
    assert wrong.status_code == 422
    assert "Write the mark as on the plate" in wrong.content.decode()
    assert "The last day lies before the first" in wrong.content.decode()


def test_a_request_from_form_to_decision(casework, client, robyn):
    request = asked_by_form()
    assert request.reference in client.get(reverse("rights")).content.decode()
    early = step(client, request, "identify", identity="Passport")
    assert "does not concern this request, or the request is not yours" in early
    client.post(reverse("rights_take", args=[request.id]))
    assert "Asked for proof of identity" in step(client, request, "ask-identity")
    page = client.get(reverse("rights_request", args=[request.id])).content.decode()
    assert "It begins when the person has shown who they are" in page
    ahead = (casework.at + timedelta(days=2)).date().isoformat()
    assert "The day lies ahead" in step(client, request, "identify", identity="Passport", on=ahead)
    assert "is needed" in step(client, request, "identify")
    assert "Proof of identity accepted" in step(client, request, "identify", identity="Passport")
    step(client, request, "ask-clarification")
    assert "Time stands still" in client.get(reverse("rights")).content.decode()
    step(client, request, "clarify")
    assert "Time extended" in step(client, request, "extend")
    assert "The time was extended already" in step(client, request, "extend")
    kept = {
        "vrm": "OA30 AAA",
        "kept_from": "2026-10-01",
        "kept_to": "2026-10-31",
        "evidence": "V5C",
    }
    page = client.post(reverse("rights_keeper", args=[request.id]), kept, follow=True)
    assert "The vehicle is noted" in page.content.decode()
    decide = reverse("rights_decide", args=[request.id])
    why = {"reason": "It would show which vehicles an open inquiry follows"}
    refused = client.post(decide, {"outcome": "neither", **why})
    assert "Name the ground" in refused.content.decode()
    said = {"outcome": "neither", "ground": "inquiry", "letter": "We hold some", **why}
    assert "must read the same" in client.post(decide, said).content.decode()
    client.post(decide, {"outcome": "neither", "ground": "inquiry", **why})
    request.refresh_from_db()
    assert (request.state, request.outcome, request.officer_id) == ("decided", "neither", robyn.pk)
    moves = [one.move for one in RequestStep.objects.filter(request=request).order_by("sequence")]
    assert moves == [
        *("receive", "ask-identity", "identify", "ask-clarification"),
        *("clarify", "extend", "decide"),
    ]
    names = " ".join(str(row.payload) for row in AuditEvent.objects.all())
    assert MARK not in names
    assert "Pat Example" not in names


def test_what_came_by_post_counts_from_the_day_it_came(casework, client, robyn):
    came = day_of(casework.at) - timedelta(days=10)
    form = {**ASKED, "kind": "foi", "vrm": "", "channel": "post", "received_on": came.isoformat()}
    page = client.post(reverse("rights_new"), form, follow=True).content.decode()
    assert "Its reference is IR-" in page
    request = InformationRequest.objects.get()
    assert request.received_on == came
    client.post(reverse("rights_take", args=[request.id]))
    assert "does not belong to this kind" in step(client, request, "ask-identity")
    assert "Begun" in step(client, request, "start")
    at = casework.at
    (due,) = replies(Asked(at=at, until=at + timedelta(days=92)))
    with acting_as(DatabaseRole.JOBS):
        (reminded,) = replies(Asked(at=at, until=at + timedelta(days=92)))
    assert reminded == due
    assert (due.accounts, due.roles) == (frozenset({robyn.pk}), frozenset())
    assert request.reference in due.sentence


@pytest.mark.security
def test_another_officer_must_take_a_request_first_and_nobody_else_sees_one(casework, client):
    request = asked_by_form()
    client.post(reverse("rights_take", args=[request.id]))
    step(client, request, "identify", identity="Passport")
    other = client_as(casework.person("olga", roles=(Role.RIGHTS_OFFICER,), mfa=True))
    assert "the request is not yours" in step(other, request, "withdraw")
    kept = {"vrm": MARK, "kept_from": "2026-10-01", "kept_to": "2026-10-31", "evidence": "V5C"}
    answer = other.post(reverse("rights_keeper", args=[request.id]), kept)
    assert (answer.status_code, request.vehicles.count()) == (403, 0)
    assert AuditEvent.objects.filter(verb="request.refuse-step", decision="deny").exists()
    other.post(reverse("rights_take", args=[request.id]))
    assert "the request is not yours" in step(client, request, "withdraw")
    assert "Withdrawn" in step(other, request, "withdraw")
    analyst = client_as(casework.person("ada", roles=(Role.ANALYST,), mfa=True))
    assert analyst.get(reverse("rights_request", args=[request.id])).status_code == 403
