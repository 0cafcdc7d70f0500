"""The chief officer's monthly report: counted from the audit, the same whenever it is made."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from openanpr.access.vocabulary import Role
from openanpr.audit.models import AuditEvent
from openanpr.oversight.models import MonthlyReport
from openanpr.oversight.months import Month, month_of, parse_month
from openanpr.oversight.report.figures import digest_of, figures_of
from openanpr.oversight.report.printing import as_csv, as_pdf
from openanpr.search.question import MarkQuestion
from openanpr.search.services import run_search
from openanpr.web.clock import now
from tests.factories.accounts import client_as, make_user
from tests.factories.casework import MARK, REASON

DAY = timedelta(days=1)


@pytest.fixture
def client(casework):
    return client_as(casework.person("audrey", roles=(Role.AUDITOR,), trained=False, mfa=True))


@pytest.fixture
def searched(casework, stored):
    """One search that was answered with a read, and one that was refused."""
    stored.add(MARK, casework.at - DAY)
    ada, new = casework.person("ada"), casework.person("new", trained=False)
    case = casework.investigation(ada, new)
    for person in (ada, new):
        run_search(
            author=casework.author(person),
            question=MarkQuestion(
                vrm=MARK, start=casework.at - 7 * DAY, end=casework.at, reason=REASON
            ),
            investigation=case,
            at=casework.at,
        )


def values(sections):
    return {(line.what, line.detail): line.value for one in sections for line in one.lines}


def test_the_month_counts_what_was_done_in_it_and_nothing_else(casework, searched):
    month = month_of(casework.at)
    found = values(figures_of(month))
    assert found["Searches answered", "all"] == "1"
    assert found["Searches answered", "serious crime"] == "1"
    assert found["Searches over the band", "0-90-days, serious crime"] == "1"
    assert found["Searches refused", "all"] == "1"
    assert found["Refused because", "not trained"] == "1"
    assert found["From asking to the answer", "median of 0"].startswith("fewer than 5")
    assert found["False alerts", "of those with an outcome"] == "0 of 0"
    empty = values(figures_of(month.moved(-1)))
    assert empty["Searches answered", "all"] == "0"
    assert ("Searches answered", "serious crime") not in empty


def test_a_month_made_again_gives_the_same_figures_and_the_same_file(casework, searched):
    """Made a month later, after more was done, it says the same: to the byte."""
    month = month_of(casework.at)
    first = figures_of(month)
    casework_later = month.end + 3 * DAY
    make_user("later", roles=(Role.SEARCHER,), training_expires_at=casework_later)
    second = figures_of(month)
    assert digest_of(first) == digest_of(second)
    about = {"force": "Fictional Constabulary", "marking": "OFFICIAL", "draft": False}
    pdf = as_pdf(month, first, **about)
    assert pdf.startswith(b"%PDF")
    assert pdf == as_pdf(month, second, **about)
    assert as_csv(month, first, made_at=month.end) == as_csv(month, second, made_at=month.end)


def test_training_that_lapsed_counts_once_for_a_person(casework):
    month = month_of(casework.at)
    for number in range(2):
        make_user(
            f"lapsed{number}",
            person_id="P-lapsed",
            training_expires_at=month.start + timedelta(hours=1),
        ) if month.start + timedelta(hours=1) > casework.at - DAY else make_user(
            f"lapsed{number}", person_id="P-lapsed", training_expires_at=casework.at
        )
    assert values(figures_of(month))["People whose training lapsed", "all"] == "1"


def test_the_report_of_a_month_that_is_over_is_noted_and_compared(casework, client):
    last = month_of(now()).moved(-1)
    for form in ("pdf", "csv"):
        page = reverse("oversight_report_file", kwargs={"month": str(last), "form": form})
        answer = client.post(page)
        assert answer.status_code == 200
        assert f"anpr-report-{last}.{form}" in answer["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[0] == ["month", "section", "what", "detail", "value"]
    assert rows[-2][3] == "SHA-256"
    assert {row[0] for row in rows[1:]} == {str(last)}
    kept = MonthlyReport.objects.all()
    assert {one.digest for one in kept} == {rows[-2][4]}
    events = AuditEvent.objects.filter(verb="report.make")
    assert [one.payload["same"] for one in events] == [True, True]
    MonthlyReport.objects.using("owner").update(digest="other")
    client.post(page)
    assert AuditEvent.objects.filter(verb="report.make", payload__same=False).exists()
    shown = client.get(reverse("oversight_report"), {"month": str(last)}).text
    assert "Other figures" in shown


def test_the_present_month_is_a_draft_and_not_kept(casework, searched, client):
    page = client.get(reverse("oversight_report"))
    assert "Draft" in page.text
    assert MARK not in page.text
    month = month_of(now())
    answer = client.post(
        reverse("oversight_report_file", kwargs={"month": str(month), "form": "csv"})
    )
    assert "-draft.csv" in answer["Content-Disposition"]
    assert not MonthlyReport.objects.exists()
    for wrong in ("2026-13", "20-1", "x"):
        bad = reverse("oversight_report_file", kwargs={"month": wrong, "form": "csv"})
        assert client.post(bad).status_code == 404


@pytest.mark.parametrize("text", ["2026-00", "2026-13", "26-01", "", "2026-011", "9999-12"])
def test_what_is_no_month_is_none(text):
    assert parse_month(text) is None


def test_months_follow_each_other_over_the_year():
    assert Month(2026, 12).moved(1) == Month(2027, 1)
    assert Month(2026, 1).moved(-1) == Month(2025, 12)
    assert Month(2026, 12).end == Month(2027, 1).start
    assert str(parse_month("2026-02")) == "2026-02"
