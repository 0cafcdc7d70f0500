"""The analyst's journey: open an investigation, search with a reason, find the read or not."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from openanpr.access.vocabulary import Role
from openanpr.audit.models import AuditEvent
from openanpr.investigations.models import Investigation
from openanpr.reads.models import ReadImage
from openanpr.search.models import SearchRun
from openanpr.web.dates import local
from openanpr.wire.ids import uuid7
from tests.factories.accounts import client_as
from tests.factories.casework import MARK, REASON

DAY = timedelta(days=1)


def moment(name: str, value: datetime) -> dict[str, str]:
    shown = local(value)
    return {
        f"{name}_day": str(shown.day),
        f"{name}_month": str(shown.month),
        f"{name}_year": str(shown.year),
        f"{name}_time": f"{shown:%H:%M}",
    }


def search_form(wanted, at, **fields):
    return {
        "investigation": str(wanted.id),
        "vrm": "oa30 aaa",
        "look_alikes": "on",
        "reason": REASON,
        **moment("period_from", at - 7 * DAY),
        **moment("period_to", at + timedelta(minutes=1)),
        **fields,
    }


@pytest.fixture
def ada(casework):
    return casework.person("ada", mfa=True)


@pytest.fixture
def client(ada):
    return client_as(ada)


def test_an_analyst_opens_an_investigation_and_finds_the_read(casework, stored, client):
    camera = casework.camera()
    stored.add(MARK, casework.at - DAY, camera_id=camera.id, raw_vrm="0A30AAA")
    answer = client.post(
        reverse("investigation_open"),
        {
            "reference": "FX/2026/77",
            "title": "Burglaries in Mill Lane",
            "category": "serious",
            "justification": "A series of burglaries with one vehicle seen at each",
            "officer_in_charge": "ada",
        },
    )
    investigation = Investigation.objects.get()
    assert answer.url == reverse("investigation", kwargs={"investigation_id": investigation.id})
    assert "FX/2026/77" in client.get(answer.url).text
    answer = client.post(reverse("search"), search_form(investigation, casework.at))
    assert answer.status_code == 200
    assert "1 read found" in answer.text
    assert "OA30 AAA" in answer.text
    assert "0A30AAA" in answer.text
    assert "Northgate" in answer.text
    assert "Secret Bridge" not in answer.text
    assert list(AuditEvent.objects.filter(verb__startswith="search.").values_list("verb")) == [
        ("search.run",),
        ("search.result",),
    ]


def test_the_exact_place_needs_the_location_right(casework, stored):
    boss = casework.person("boss", mfa=True, location_right=True)
    camera = casework.camera()
    stored.add(MARK, casework.at - DAY, camera_id=camera.id)
    answer = client_as(boss).post(
        reverse("search"), search_form(casework.investigation(boss), casework.at)
    )
    assert "Secret Bridge" in answer.text


def test_an_untrained_analyst_reaches_the_form_and_is_told_why_not(casework, stored):
    new = casework.person("new", trained=False, mfa=True)
    stored.add(MARK, casework.at - DAY)
    investigation = casework.investigation(new)
    client = client_as(new)
    assert client.get(reverse("search")).status_code == 200
    answer = client.post(reverse("search"), search_form(investigation, casework.at))
    assert answer.status_code == 403
    assert "This search is refused" in answer.text
    assert "you have not been trained" in answer.text
    assert "read found" not in answer.text
    (event,) = AuditEvent.objects.filter(verb="search.refuse")
    assert event.actor_account == "new"
    assert "not-trained" in event.reasons


def test_somebody_without_a_searching_role_is_refused_by_the_address(casework):
    officer = casework.person("officer", roles=(Role.ALERT_USER,), mfa=True)
    client = client_as(officer)
    for method in (client.get, client.post):
        assert method(reverse("search")).status_code == 403
    events = list(AuditEvent.objects.filter(verb="access.refuse"))
    assert [event.payload["page"] for event in events] == ["search", "search"]


def test_without_an_investigation_the_form_says_what_to_do(casework, client):
    assert "in the team of none that is open" in client.get(reverse("search")).text


def test_an_empty_end_means_up_to_now(casework, stored, client, ada):
    stored.add(MARK, casework.at)
    form = search_form(casework.investigation(ada), casework.at)
    for part in ("day", "month", "year", "time"):
        form[f"period_to_{part}"] = ""
    answer = client.post(reverse("search"), form)
    assert "1 read found" in answer.text
    assert SearchRun.objects.get().decision == "allow"


def test_nothing_found_is_said_honestly(casework, stored, client, ada):
    answer = client.post(reverse("search"), search_form(casework.investigation(ada), casework.at))
    assert "Nothing found" in answer.text
    assert "does not show that the vehicle was not there" in answer.text


def test_what_is_left_out_is_named_with_its_reason(casework, stored, client, ada):
    stored.add(MARK, casework.at - DAY)
    form = search_form(
        casework.investigation(ada),
        casework.at,
        **moment("period_from", casework.at - 100 * DAY),
    )
    answer = client.post(reverse("search"), form)
    assert "1 read found" in answer.text
    assert "need an authorisation" in answer.text


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"vrm": "not!a mark"}, "registration mark"),
        ({"vrm": ""}, "Mark is needed"),
        ({"reason": "x"}, "few words why"),
        ({"reason": "aaaa aaaa aaaa aaaa aaaa aaaa"}, "few words why"),
        ({"reason": "for police purposes"}, "few words why"),
        ({"period_to_year": "2001"}, "must end after it begins"),
        ({"investigation": "none"}, "Choose an investigation"),
        ({"period_from_day": "32"}, "real date"),
    ],
)
def test_a_bad_form_is_not_a_search(casework, client, ada, fields, complaint):
    form = search_form(casework.investigation(ada), casework.at, **fields)
    answer = client.post(reverse("search"), form)
    assert answer.status_code == 422
    assert complaint in answer.text
    assert not SearchRun.objects.exists()


@pytest.mark.security
def test_another_teams_investigation_is_refused_and_audited(casework, stored, client):
    ben = casework.person("ben")
    investigation = casework.investigation(ben, reference="FX/SECRET/1")
    answer = client.post(reverse("search"), search_form(investigation, casework.at))
    assert answer.status_code == 403
    assert "FX/SECRET/1" not in answer.text
    assert "team" in answer.text
    assert AuditEvent.objects.get(verb="search.refuse").investigation == "FX/SECRET/1"


@pytest.mark.security
def test_searching_stops_when_the_audit_cannot_be_written(casework, stored, client, ada, superuser):
    stored.add(MARK, casework.at - DAY)
    form = search_form(casework.investigation(ada), casework.at)
    superuser.execute("revoke execute on function audit_append(jsonb) from openanpr_web")
    try:
        answer = client.post(reverse("search"), form)
    finally:
        superuser.execute("grant execute on function audit_append(jsonb) to openanpr_web")
    assert answer.status_code == 503
    assert "Searching is stopped" in answer.text


def test_an_earlier_search_shows_its_answer_but_no_reads(casework, stored, client, ada):
    camera = casework.camera()
    stored.add(MARK, casework.at - DAY, camera_id=camera.id)
    client.post(reverse("search"), search_form(casework.investigation(ada), casework.at))
    run = SearchRun.objects.get()
    page = client.get(reverse("search_run", kwargs={"run_id": run.id}))
    assert page.status_code == 200
    assert "1 read shown" in page.text
    assert "Northgate" not in page.text
    assert "your latest searches" in client.get(reverse("search")).text.lower()


@pytest.mark.security
def test_nobody_opens_the_searches_of_another(casework, stored, client, ada):
    client.post(reverse("search"), search_form(casework.investigation(ada), casework.at))
    run = SearchRun.objects.get()
    ben = casework.person("ben", mfa=True)
    page = client_as(ben).get(reverse("search_run", kwargs={"run_id": run.id}))
    assert page.status_code == 404


@pytest.mark.security
def test_no_mark_stands_in_the_log_or_an_address(casework, stored, client, ada, caplog):
    stored.add(MARK, casework.at - DAY)
    with caplog.at_level("DEBUG"):
        answer = client.post(
            reverse("search"), search_form(casework.investigation(ada), casework.at)
        )
    assert MARK not in caplog.text
    assert "OA30 AAA" not in caplog.text
    assert f"={MARK}" not in answer.text


def test_the_pictures_of_a_read_come_by_links_for_this_search(casework, stored, client, ada):
    named, kept = b"n" * 32, b"k" * 32
    ReadImage.objects.using("owner").create(
        received_sha256=named, device=uuid7(), kind="patch", stored_sha256=kept
    )
    stored.add(MARK, casework.at - DAY, patch_hash=named)
    answer = client.post(reverse("search"), search_form(casework.investigation(ada), casework.at))
    assert 'src="/images/' in answer.text
    assert named.hex() not in answer.text
