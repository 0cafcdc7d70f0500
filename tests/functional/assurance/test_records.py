"""Incidents, reviews and statements, as those who keep them use the pages."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from openanpr.access.vocabulary import Rank, Role
from openanpr.assurance.models import Incident, ReviewDone, SharingAgreement, Statement
from openanpr.assurance.statements import statement_kinds
from openanpr.cameras.models import CameraAuthority
from openanpr.cameras.queries import standing_of
from openanpr.ingest.models import IngestCounter
from openanpr.public.models import PublishedFigure
from openanpr.web.deadlines import all_deadlines
from tests.factories.accounts import client_as
from tests.factories.cameras import make_camera
from tests.factories.casework import OWNER, make_casework
from tests.functional.search.test_journey import moment

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def casework(db):
    return make_casework(datetime.now(UTC))


def person(casework, name, *roles, **fields):
    return client_as(casework.person(name, roles=roles, mfa=True, **fields))


def keys(at) -> set[str]:
    return {one.key.partition(":")[0] for one in all_deadlines(at=at) if one.is_overdue(at=at)}


def test_a_breach_is_reported_with_the_reasons_for_the_delay(casework):
    officer = person(casework, "dpo", Role.DATA_PROTECTION_OFFICER)
    form = {
        "title": "A laptop was lost",
        "what": "Left on a train, its disk encrypted",
        "personal_data": "yes",
        **moment("known_at", casework.at + DAY),
    }
    assert "This lies ahead" in officer.post(reverse("assurance_incident_new"), form).text
    officer.post(
        reverse("assurance_incident_new"), form | moment("known_at", casework.at - 80 * HOUR)
    )
    incident = Incident.objects.get()
    assert incident.reference.startswith("INC-")
    assert "incident.report" in keys(casework.at)
    assert "Overdue" in officer.get(reverse("assurance_incidents")).text
    page = reverse("assurance_incident", kwargs={"incident_id": incident.id})
    step = {"kind": "reported", "text": "By telephone"}
    assert "reasons for the delay" in officer.post(page, step).text
    officer.post(page, step | {"late": "The loss was found on a Sunday"})
    officer.post(page, {"kind": "risk", "text": "The disk is encrypted", "risk": "unlikely"})
    officer.post(page, {"kind": "closed", "text": "Laptops are counted each week"})
    assert "incident.report" not in keys(casework.at)
    auditor = person(casework, "auditor", Role.AUDITOR)
    text = auditor.get(page).text
    assert "The loss was found on a Sunday" in text
    assert "Write down a step" not in text
    assert auditor.post(page, {"kind": "note", "text": "x"}).status_code == 200
    assert incident.steps.count() == 4
    stranger = person(casework, "searcher", Role.SEARCHER)
    assert stranger.get(page).status_code == 403


def test_a_camera_is_kept_or_removed_with_its_figures(casework):
    camera = make_camera(number=3, area_name="Northgate", name="Secret Bridge")
    IngestCounter.objects.using(OWNER).create(
        day=casework.at.date(), camera_id=camera.id, kind="accepted", count=1234
    )
    manager = person(casework, "manager", Role.CAMERA_MANAGER)
    address = reverse("assurance_review", kwargs={"reference": f"camera:{camera.id}"})
    page = manager.get(address).text
    assert "1,234" in page
    assert "Secret Bridge" not in page
    review = {"outcome": "keep", "reasons": "It finds stolen vehicles"}
    later = moment("next_due_at", casework.at + 300 * DAY)
    assert "date of the next review" in manager.post(address, review).text
    assert "Not allowed" in manager.post(address, review | later).text
    chief = person(casework, "chief", Role.AUTHORISER, rank=Rank.CHIEF_OFFICER)
    chief.post(address, review | later)
    kept = ReviewDone.objects.get()
    assert ["Reads stored", "1,234"] in kept.figures
    newest = CameraAuthority.objects.filter(camera=camera).order_by("-sequence")[0]
    assert newest.kind == "renewed"
    assert newest.review_due_at == kept.next_due_at
    assert standing_of(camera.id, at=casework.at + DAY).collects
    assert not standing_of(camera.id, at=casework.at + 301 * DAY).collects
    removal = {"outcome": "remove", "reasons": "The road was closed"}
    assert "Not allowed" in manager.post(address, removal).text
    chief.post(address, removal)
    assert not standing_of(camera.id, at=datetime.now(UTC) + HOUR).collects


def test_an_agreement_that_nobody_reviewed_for_a_year_is_overdue(casework):
    officer = person(casework, "dpo", Role.DATA_PROTECTION_OFFICER)
    form = {
        "partner": "Fenmouth Council",
        "purpose": "Shared cameras",
        "basis": "Data Protection Act 2018, part 3",
        "shared": "Reads of two cameras",
        "signed_on": "2026-02-30",
    }
    address = reverse("assurance_agreement_new")
    assert "Write the day as" in officer.post(address, form).text
    officer.post(address, form | {"signed_on": "2026-02-28"})
    made = SharingAgreement.objects.get()
    SharingAgreement.objects.using(OWNER).update(entered_at=casework.at - 366 * DAY)
    page = officer.get(reverse("assurance_reviews")).text
    assert "The agreement with Fenmouth Council" in page
    assert "Overdue" in page
    officer.post(
        reverse("assurance_review", kwargs={"reference": f"agreement:{made.id}"}),
        {"outcome": "remove", "reasons": "No camera is shared any more"},
    )
    assert "Fenmouth" not in officer.get(reverse("assurance_reviews")).text


def test_a_statement_is_signed_by_another_person_with_live_figures(casework):
    one = person(casework, "one", Role.DATA_PROTECTION_OFFICER)
    two = person(casework, "two", Role.AUDITOR)
    kind = statement_kinds()["self-assessment"]
    address = reverse("assurance_statement", kwargs={"kind": kind.name})
    sign = reverse("assurance_statement_sign", kwargs={"kind": kind.name})
    assert "essex-2y@1" in one.get(address).text
    one.post(address, {"purpose": "Serious crime"})
    assert "another person signs it" in one.post(sign, follow=True).text
    assert "Answer every heading" in two.post(sign, follow=True).text
    one.post(address, dict.fromkeys(kind.headings, "It is met."))
    assert "Version 1 is signed." in two.post(sign, follow=True).text
    signed = Statement.objects.get()
    assert ["Rules in force", "essex-2y@1"] in signed.figures
    one.post(address, {"purpose": "Other words"})
    assert Statement.objects.get(version=2).signed_at is None
    assert Statement.objects.get(version=1).answers["purpose"] == "It is met."
    assert "Version 1" in one.get(reverse("assurance_statements")).text
    assert one.get("/assurance/statements/poem/").status_code == 404


def test_counts_for_an_answer_are_made_from_what_is_published(casework):
    for month, value in (("2026-01-01", 40), ("2026-02-01", None), ("2026-03-01", 25)):
        PublishedFigure.objects.using(OWNER).create(
            month=month, figure="alerts", value=value, published_at=casework.at
        )
    officer = person(casework, "rights", Role.RIGHTS_OFFICER)
    address = reverse("assurance_foi")
    assert "about 65; fewer than 10 in 1 month" in officer.get(address).text
    csv = officer.get(address, {"from": "2026-02", "to": "2026-03", "format": "csv"}).text
    assert "Alerts,Alerts raised to officers,about 25; fewer than 10 in 1 month" in csv
    assert "No month of that time" in officer.get(address, {"from": "2030-01"}).text
