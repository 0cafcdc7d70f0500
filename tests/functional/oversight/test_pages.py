"""The auditor's view: searches allowed and refused, every field, and whether the chain holds."""

from datetime import timedelta

import pytest
from django.urls import reverse

from openanpr.access.vocabulary import Role
from openanpr.audit.models import AuditEvent
from openanpr.oversight import services
from openanpr.oversight.models import ChainCheck
from openanpr.search.question import MarkQuestion
from openanpr.search.services import run_search
from tests.factories.accounts import client_as
from tests.factories.casework import MARK, REASON

DAY = timedelta(days=1)


@pytest.fixture
def client(casework):
    return client_as(casework.person("audrey", roles=(Role.AUDITOR,), trained=False, mfa=True))


@pytest.fixture
def searches(casework, stored):
    """One search that found a read, and one that was refused."""
    camera = casework.camera()
    read_id = stored.add(MARK, casework.at - DAY, camera_id=camera.id)
    ada, new = casework.person("ada"), casework.person("new", trained=False)
    investigation = casework.investigation(ada, new)
    for person in (ada, new):
        run_search(
            author=casework.author(person),
            question=MarkQuestion(
                vrm=MARK, start=casework.at - 7 * DAY, end=casework.at, reason=REASON
            ),
            investigation=investigation,
            at=casework.at,
        )
    return read_id


def listed(client, **filters):
    answer = client.get(reverse("audit"), filters)
    assert answer.status_code == 200
    return answer.text


def test_both_searches_are_there_and_say_who_why_and_what_was_answered(client, searches):
    text = listed(client)
    assert "Ada Example (ada) searched for OA30AAA" in text
    assert "New Example (new) was refused a search for OA30AAA" in text
    assert "not trained" in text
    assert REASON in text
    assert "Refused" in text
    assert text.index("was refused a search") < text.index("searched for"), "newest first"


def test_filters_narrow_the_list(client, searches):
    assert "searched for" not in listed(client, decision="deny")
    assert "was refused" in listed(client, decision="deny")
    assert "searched for" in listed(client, person="ada")
    assert "was refused" not in listed(client, person="ada")
    assert "was refused" in listed(client, person="New Exam")
    assert "was refused" not in listed(client, verb="search.run")
    assert "searched for" in listed(client, investigation="fx/2026/001")
    assert "No row fits" in listed(client, investigation="FX/NONE")
    assert "No row fits" in listed(client, day_to="2020-01-01")
    assert "No row fits" in listed(client, day_from="2999-01-01")
    assert client.get(reverse("audit"), {"day_from": "soon"}).status_code == 422


def test_the_list_is_paged_by_number(client, searches, monkeypatch):
    monkeypatch.setattr("openanpr.oversight.queries.PAGE", 2)
    first = listed(client)
    assert "Older rows" in first
    newest = AuditEvent.objects.exclude(verb="audit.view").order_by("-sequence").first()
    older = listed(client, before=newest.sequence - 1)
    assert f">{newest.sequence}<" not in older
    assert "Newest rows" in older


def test_a_row_shows_every_field_and_its_place_in_the_chain(client, searches):
    event = AuditEvent.objects.get(verb="search.run")
    page = client.get(reverse("audit_event", kwargs={"sequence": event.sequence}))
    for text in (
        "person-ada",
        "analyst",
        "FX/2026/001",
        REASON,
        "essex-2y@1",
        "the read is under 90 days old",
        "openanpr_web",
        bytes(event.hash).hex(),
        bytes(event.previous_hash).hex(),
        MARK,
    ):
        assert text in page.text
    assert client.get(reverse("audit_event", kwargs={"sequence": 999})).status_code == 404


@pytest.mark.security
def test_auditors_see_searches_not_reads(client, searches):
    event = AuditEvent.objects.get(verb="search.result")
    page = client.get(reverse("audit_event", kwargs={"sequence": event.sequence})).text
    assert "reads: 1" in page
    assert str(searches) not in page
    assert "Northgate" not in page
    for name in ("search", "investigations"):
        assert client.get(reverse(name)).status_code == 403


@pytest.mark.security
@pytest.mark.parametrize(
    "role", [role for role in Role if role not in {Role.AUDITOR, Role.DATA_PROTECTION_OFFICER}]
)
def test_nobody_else_sees_the_audit(casework, role):
    client = client_as(casework.person("other", roles=(role,), mfa=True))
    assert client.get(reverse("audit")).status_code == 403
    assert client.get(reverse("audit_event", kwargs={"sequence": 1})).status_code == 403
    assert client.post(reverse("audit_check")).status_code == 403
    assert not ChainCheck.objects.exists()


def test_looking_at_the_audit_is_audited_but_not_in_the_way(client, searches):
    assert "looked at the audit" not in listed(client, person="ada")
    event = AuditEvent.objects.get(verb="audit.view")
    assert event.payload["filters"] == "person"
    assert "looked at the audit" in listed(client, verb="audit.view")


def test_the_chain_is_checked_on_demand_and_goes_on_from_there(client, searches):
    assert "has not been checked" in listed(client)
    assert client.post(reverse("audit_check")).status_code == 302
    text = listed(client)
    first = ChainCheck.objects.get()
    assert "Whole" in text
    assert first.head_hash in text
    assert first.after == 0
    client.post(reverse("audit_check"))
    second = ChainCheck.objects.order_by("-id").first()
    assert second.after == first.head
    assert second.rows == second.head - first.head
    client.post(reverse("audit_check"), {"whole": "yes"})
    assert ChainCheck.objects.order_by("-id").first().after == 0
    assert AuditEvent.objects.filter(verb="audit.verify").count() == 3


def test_a_broken_chain_is_shown_with_its_row(client, searches, superuser):
    superuser.execute("set session_replication_role = replica")
    superuser.execute("update audit_event set reason = 'invented' where verb = 'search.run'")
    number = AuditEvent.objects.get(verb="search.run").sequence
    client.post(reverse("audit_check"))
    text = listed(client)
    assert "Broken" in text
    assert f"breaks at row {number}" in text


def test_a_row_before_the_last_check_that_was_replaced_is_noticed(client, searches, superuser):
    client.post(reverse("audit_check"))
    head = ChainCheck.objects.get().head
    superuser.execute("set session_replication_role = replica")
    superuser.execute("update audit_event set hash = salt where sequence = %s", (head,))
    client.post(reverse("audit_check"))
    assert "not the row that the last check found" in listed(client)


def test_a_long_chain_is_checked_in_pieces(client, searches, monkeypatch):
    monkeypatch.setattr(services, "MOST_AT_ONCE", 2)
    client.post(reverse("audit_check"))
    first = ChainCheck.objects.get()
    assert (first.rows, first.problem) == (2, "")
    client.post(reverse("audit_check"))
    assert ChainCheck.objects.order_by("-id").first().after == 2
