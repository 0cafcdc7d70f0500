"""A program searches and takes out as its person may, and the audit names both."""

import io
import subprocess
import sys
import zipfile
from datetime import datetime, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from openanpr.api.calling import PACE
from openanpr.api.models import ApiToken
from openanpr.audit.models import AuditEvent
from openanpr.client import CallFailed, Refused, TooManyCalls
from tests.factories.accounts import client_as
from tests.factories.casework import MARK, REASON
from tests.factories.jobs import do_jobs

DAY = timedelta(days=1)


def asked(casework, case, **fields):
    return {
        "investigation": case.reference,
        "reason": REASON,
        "mark": MARK.lower(),
        "captured_from": casework.at - 7 * DAY,
        "captured_to": casework.at,
        **fields,
    }


def test_a_search_finds_what_the_page_would_and_the_audit_names_person_and_program(
    casework, client, case, stored
):
    me = client.me()
    assert (me.person, me.program, me.may_take_out) == ("Ada Example", "Case system", True)
    assert [one.reference for one in client.investigations()] == [case.reference]
    assert client.authorisations(investigation=case.reference) == []
    page = client.search(**asked(casework, case, most=2))
    assert [one.id for one in page.reads] == stored.ids[:2]
    assert {one.site for one in page.reads} == {None}
    assert page.coverage
    assert page.answer == "allow"
    more = client.more(page)
    assert [one.id for one in more.reads] == stored.ids[2:]
    assert client.more(more) is None
    run = AuditEvent.objects.filter(verb="search.run").order_by("sequence").first()
    assert run.actor_name == "Ada Example (by Case system)"
    assert run.sequence == page.audit_row
    assert len(list(client.reads(**asked(casework, case)))) == 3


@pytest.mark.security
def test_the_policy_refuses_a_program_what_it_refuses_the_person(
    casework, client, case, client_with, token_for, superuser
):
    stranger = client_with(token_for(casework.person("ben")))
    with pytest.raises(Refused) as refused:
        stranger.search(**asked(casework, case))
    assert refused.value.status == 403
    assert refused.value.reasons
    with pytest.raises(CallFailed, match="no such thing"):
        stranger.authorisations(investigation=case.reference)
    with pytest.raises(CallFailed, match="who may not know where cameras stand"):
        client.search(**asked(casework, case, mark=None, cameras=[1]))
    superuser.execute("update investigation_member set removed_at = now()")
    with pytest.raises(Refused):
        client.search(**asked(casework, case))


@pytest.mark.security
@pytest.mark.parametrize("end", ["revoked", "over", "closed", "role", "unknown"])
def test_a_token_that_ended_opens_nothing(
    casework, ada, case, token_for, client_with, superuser, end
):
    text = token_for(ada, at=casework.at - 2 * DAY if end == "over" else None)
    match end:
        case "revoked":
            superuser.execute("update api_token set revoked_at = now()")
        case "closed":
            superuser.execute("update account set is_active = false")
        case "role":
            superuser.execute("update role_held set valid_to = now()")
        case "unknown":
            text = text[:-4] + "AAAA" if not text.endswith("AAAA") else text[:-4] + "BBBB"
    with pytest.raises(Refused) as refused:
        client_with(text).search(**asked(casework, case))
    assert refused.value.status == 401
    told = AuditEvent.objects.filter(verb="token.refuse").count()
    assert told == (0 if end == "unknown" else 1)


def test_an_exhibit_is_made_and_its_pack_fetched(casework, client, case):
    reads = client.search(**asked(casework, case)).reads
    made = client.make_exhibit(
        reads,
        investigation=case.reference,
        reason=REASON,
        recipient="A Example, CPS",
        initials="AE",
    )
    assert (made.state, made.reference, made.reads) == ("asked", "AE/1", 3)
    assert do_jobs(datetime.now(casework.at.tzinfo)) == 1
    ready = client.exhibit(made.id, investigation=case.reference)
    assert ready.state == "ready"
    pack = zipfile.ZipFile(io.BytesIO(client.pack(made.id, investigation=case.reference)))
    assert "manifest.json" in pack.namelist()
    for wrong in ("other", "FX/2026/999"):
        with pytest.raises(CallFailed, match="no such thing"):
            client.exhibit(made.id, investigation=wrong)


@pytest.mark.security
def test_nothing_leaves_by_a_token_whose_proof_no_longer_counts(
    casework, ada, case, token_for, client_with
):
    for text in (
        token_for(ada, takes_out=False),
        token_for(ada, at=casework.at - DAY, lasts=2 * DAY),
    ):
        client = client_with(text)
        reads = client.search(**asked(casework, case)).reads
        with pytest.raises(Refused, match="no exhibit is made"):
            client.make_exhibit(
                reads,
                investigation=case.reference,
                reason=REASON,
                recipient="A Example, CPS",
                initials="AE",
            )
    assert AuditEvent.objects.filter(verb="exhibit.refuse").count() == 2


@pytest.mark.security
def test_too_many_calls_wait(client, monkeypatch):
    monkeypatch.setattr("openanpr.api.calling.PACE", type(PACE)(2, 60))
    client.me()
    client.me()
    with pytest.raises(TooManyCalls) as waits:
        client.me()
    assert 0 < waits.value.seconds <= 61


def test_one_makes_and_revokes_tokens_and_their_text_is_shown_once(casework, ada):
    browser = client_as(ada)
    form = {
        "name": "Case system",
        "purpose": "Searches that the case system makes for its officer",
        "days": "400",
    }
    assert browser.post(reverse("api_tokens"), form).status_code == 422
    assert reverse("api_tokens") in browser.get(reverse("your_account")).text
    page = browser.post(reverse("api_tokens"), {**form, "days": "30"}).text
    token = ApiToken.objects.get()
    assert "oanpr_" in page
    assert "oanpr_" not in browser.get(reverse("api_tokens")).text
    other = client_as(casework.person("ben", mfa=True))
    other.post(reverse("api_token_revoke", args=[token.id]))
    assert ApiToken.objects.get().revoked_at is None
    browser.post(reverse("api_token_revoke", args=[token.id]))
    assert ApiToken.objects.get().revoked_at is not None


def test_the_description_is_open_and_no_cookie_is_a_token(ada, casework):
    described = Browser().get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert "/api/v1/searches" in described["paths"]
    assert client_as(ada).get("/api/v1/me").status_code == 401


def test_the_client_knows_no_django():
    code = "import sys, openanpr.client; assert 'django' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
