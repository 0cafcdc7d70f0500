"""Protected marks: whoever asks for one sees no difference, and professional standards are told."""

import re
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openanpr.access.vocabulary import Role
from openanpr.audit.models import AuditEvent
from openanpr.config.database import DatabaseRole
from openanpr.hotlists.tripwires.models import ProtectedMark, Trip
from openanpr.hotlists.tripwires.services import end_due, protect, tell_audit
from openanpr.hotlists.tripwires.vocabulary import Ground
from openanpr.web.dates import local
from tests.factories.accounts import client_as
from tests.factories.alerts import acting_as
from tests.factories.casework import MARK, OTHER_MARK
from tests.functional.search.test_journey import search_form

pytestmark = pytest.mark.security
DAY = timedelta(days=1)


@pytest.fixture
def standards(casework):
    return casework.person("pat", roles=(Role.PROFESSIONAL_STANDARDS,), trained=False, mfa=True)


@pytest.fixture
def ada(casework):
    return casework.person("ada", mfa=True)


def protected(casework, by, vrm=MARK, **fields):
    terms = {
        "ground": Ground.WITNESS,
        "reference": "PS/7",
        "reason": "A witness under threat",
        "ends_at": casework.at + 30 * DAY,
    }
    return protect(by=by, vrm=vrm, at=casework.at, **(terms | fields))


def plain(page):
    """A page without what differs from one asking to the next: ids, tokens, times."""
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", page)
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "CSRF", text)
    text = re.sub(r"\d\d:\d\d(:\d\d)?|audit row \d+|value=\"[\w:.-]{20,}\"", "", text)
    return re.sub(r"[?&]\w+=[\w%:.-]{20,}", "", text)


def asked(client, case, at, mark):
    """The page of a search, and every statement that it made in the web process."""
    with (
        CaptureQueriesContext(connection) as seen,
        CaptureQueriesContext(connections["search"]) as looked,
    ):
        answer = client.post(reverse("search"), search_form(case, at, vrm=mark))
    assert answer.status_code == 200
    shapes = [re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in [*seen, *looked]]
    shapes = [re.sub(r"array\[[^\]]*\]|\{[^}]*\}|\(\?(, \?)*\)", "LIST", one) for one in shapes]
    return plain(answer.text), shapes


def test_the_searcher_sees_no_difference_in_page_or_statements(casework, stored, ada, standards):
    case = casework.investigation(ada)
    camera = casework.camera()
    for mark in (MARK, OTHER_MARK):
        stored.add(mark, casework.at - DAY, camera_id=camera.id)
    client = client_as(ada)
    asked(client, case, casework.at, OTHER_MARK)
    protected(casework, standards)
    page, statements = asked(client, case, casework.at, MARK)
    other, others = asked(client, case, casework.at, OTHER_MARK)
    shown = MARK[:4] + " " + MARK[4:]
    unprotected = OTHER_MARK[:4] + " " + OTHER_MARK[4:]
    assert page.replace(shown, "M").replace(MARK, "M") == other.replace(unprotected, "M").replace(
        OTHER_MARK, "M"
    )
    assert [one[:200] for one in statements] == [one[:200] for one in others]
    trips = Trip.objects.order_by("kind").values_list("kind", "person", "account")
    assert list(trips) == [("asked", "person-ada", "ada"), ("shown", "person-ada", "ada")]


def test_a_refused_search_trips_too_and_an_ended_protection_does_not(
    casework, stored, ada, standards
):
    closed = casework.investigation(ada, state="closed")
    protected(casework, standards)
    gone = protected(casework, standards, OTHER_MARK, ends_at=casework.at + DAY)
    client = client_as(ada)
    client.post(reverse("search"), search_form(closed, casework.at, vrm="0A30 AAA"))
    assert Trip.objects.get().kind == "asked", "a mark that looks the same trips as well"
    with acting_as(DatabaseRole.JOBS):
        assert end_due(at=casework.at + 2 * DAY) == 1
    gone.refresh_from_db()
    assert (gone.vrm, gone.canonical) == ("", ""), "the mark is not kept"
    client.post(reverse("search"), search_form(closed, casework.at, vrm=OTHER_MARK))
    assert Trip.objects.count() == 1


def test_the_audit_is_told_once_without_the_mark_and_nobody_else_sees_it(
    casework, stored, ada, standards
):
    case = casework.investigation(ada)
    protected(casework, standards)
    client_as(ada).post(reverse("search"), search_form(case, casework.at))
    with acting_as(DatabaseRole.JOBS):
        assert tell_audit(at=casework.at) == 1
        assert tell_audit(at=casework.at) == 0
    event = AuditEvent.objects.get(verb="tripwire.trip")
    assert event.actor_kind == "system", "no row of the searcher's own record"
    assert MARK not in f"{event.payload}{event.subject}{event.reason}"
    auditor = client_as(casework.person("audrey", roles=(Role.AUDITOR,), trained=False, mfa=True))
    assert "tripwire" not in auditor.get(reverse("audit")).text
    assert "No row fits" in auditor.get(reverse("audit"), {"subject": event.subject}).text
    assert auditor.get(reverse("audit"), {"verb": "tripwire.trip"}).status_code == 422
    row = reverse("audit_event", kwargs={"sequence": event.sequence})
    assert auditor.get(row).status_code == 404


def test_professional_standards_protect_see_who_asked_and_deal_with_it(
    casework, stored, ada, standards
):
    client = client_as(standards)
    until = local(casework.at + 30 * DAY)
    form = {
        "vrm": "oa30 aaa",
        "ground": "victim",
        "reference": "PS/9",
        "reason": "A victim who moved house",
        "ends_at_day": str(until.day),
        "ends_at_month": str(until.month),
        "ends_at_year": str(until.year),
        "ends_at_time": "12:00",
    }
    assert client.post(reverse("tripwire_new"), {**form, "vrm": "?"}).status_code == 422
    assert client.post(reverse("tripwire_new"), form).status_code == 302
    case = casework.investigation(ada)
    client_as(ada).post(reverse("search"), search_form(case, casework.at))
    page = client.get(reverse("tripwires")).text
    assert "Ada Example" in page
    assert "PS/9" in page
    trip = Trip.objects.get()
    dealt = reverse("tripwire_trip", kwargs={"trip_id": trip.id})
    assert client.post(dealt, {"note": "Her own inspector asked for it"}).status_code == 302
    assert "Dealt with" in client.get(reverse("tripwires")).text
    mark = ProtectedMark.objects.get()
    client.post(reverse("tripwire_end", kwargs={"protected_id": mark.id}))
    mark.refresh_from_db()
    assert mark.vrm == ""
