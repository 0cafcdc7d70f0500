"""The auditor's room: draw, look, ask, be answered, find; and nobody judges their own acts."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from openanpr.access.vocabulary import Category, Rank, Role
from openanpr.audit.models import AuditEvent
from openanpr.oversight.coverage import coverage_of
from openanpr.oversight.deadlines import findings, questions
from openanpr.oversight.models import Finding, PersonVehicle, Pick, Question, Review, Sample
from openanpr.oversight.months import month_of
from openanpr.search.question import MarkQuestion
from openanpr.search.services import run_search
from openanpr.web.dates import local
from openanpr.web.deadlines import Asked
from tests.factories.accounts import client_as
from tests.factories.casework import MARK, OTHER_MARK, REASON

DAY = timedelta(days=1)
WORDS = "Which call or which statement made this search needed?"


@pytest.fixture
def ada(casework):
    return casework.person("ada", mfa=True)


@pytest.fixture
def audrey(casework):
    return casework.person("audrey", roles=(Role.AUDITOR,), trained=False, mfa=True)


@pytest.fixture
def client(audrey):
    return client_as(audrey)


@pytest.fixture
def case(casework, ada):
    return casework.investigation(ada)


def search(casework, person, case, *, vrm=MARK, days=7, reason=REASON):
    question = MarkQuestion(vrm=vrm, start=casework.at - days * DAY, end=casework.at, reason=reason)
    return run_search(
        author=casework.author(person), question=question, investigation=case, at=casework.at
    ).run


def sample_form(at, **fields):
    today = local(at).date()
    return {
        "method": "random",
        "day_from": str(today - DAY),
        "day_to": str(today),
        "size": "10",
        **fields,
    }


def draw(client, at, **fields):
    answer = client.post(reverse("oversight_sample_new"), sample_form(at, **fields))
    assert answer.status_code == 302, answer.text
    return Sample.objects.order_by("-id").first(), answer.url


def picked(sample):
    return list(sample.picks.order_by("position").values_list("run_id", flat=True))


def act(name, run, kind="search"):
    return reverse(name, kwargs={"kind": kind, "subject_id": run.id})


def test_a_sample_is_drawn_shown_with_its_reasons_and_drawn_again_from_its_seed(
    casework, stored, ada, case, client
):
    runs = [search(casework, ada, case, vrm=vrm) for vrm in (MARK, OTHER_MARK, MARK, MARK, MARK)]
    PersonVehicle.objects.using("owner").create(
        person_id="person-ada",
        vrm=OTHER_MARK,
        canonical=OTHER_MARK.replace("O", "0"),
        source="declared at vetting",
        added_by=ada,
        added_at=casework.at,
    )
    sample, url = draw(client, casework.at, method="risk", size="3")
    page = client.get(url).text
    assert f"Drawn from {len(runs)} searches" in page
    assert REASON in page
    assert sample.seed in page
    again, _ = draw(client, casework.at, method="risk", size="3", seed=sample.seed)
    assert picked(again) == picked(sample)
    whole, url = draw(client, casework.at, method="risk")
    own = Pick.objects.get(sample=whole, run_id=runs[1].id)
    assert "own-vehicle" in {one["rule"] for one in own.risks}
    assert "searcher&#39;s own" in client.get(url).text
    event = AuditEvent.objects.filter(verb="sample.draw").first()
    assert event.payload["seed"] == sample.seed
    assert MARK not in str(event.payload)


@pytest.mark.parametrize(
    "wrong",
    [{"size": "0"}, {"size": "501"}, {"seed": "no spaces"}, {"method": ""}, {"day_from": "soon"}],
)
def test_a_wrong_sample_form_is_told_and_draws_nothing(casework, client, wrong):
    answer = client.post(reverse("oversight_sample_new"), sample_form(casework.at, **wrong))
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert not Sample.objects.exists()


def test_a_question_is_asked_answered_and_settled_and_each_is_told(
    casework, stored, ada, case, client
):
    run = search(casework, ada, case)
    assert client.get(act("oversight_act", run)).status_code == 200
    asked = client.post(act("oversight_ask", run), {"text": WORDS})
    question = Question.objects.get()
    assert "Waits for an answer" in client.get(asked.url).text
    hers = client_as(ada)
    assert WORDS not in hers.get(reverse("asked")).text
    page = reverse("asked_one", kwargs={"question_id": question.id})
    assert WORDS in hers.get(page).text
    assert hers.get(asked.url).status_code == 403, "the auditor's side is the auditor's"
    due = Asked(at=casework.at, until=casework.at + 30 * DAY)
    (reminder,) = questions(due)
    assert reminder.accounts == {ada.pk}
    assert hers.post(page, {"text": "yes"}).status_code == 422
    assert hers.post(page, {"text": "A call to the control room named the car"}).status_code == 302
    assert "Send the answer" not in hers.get(page).text
    (reminder,) = questions(due)
    assert (reminder.accounts, reminder.roles) == (
        frozenset(),
        {Role.AUDITOR, Role.DATA_PROTECTION_OFFICER},
    )
    again = {"text": "Which call was it, by its number?", "again": "yes"}
    assert client.post(asked.url, again).status_code == 302
    hers.post(page, {"text": "Call 77 of that day, on the log of the room"})
    client.post(asked.url, {"text": "Compared with the log of the control room"})
    question.refresh_from_db()
    assert (question.state, question.due_at) == ("settled", None)
    assert not list(questions(due))
    verbs = AuditEvent.objects.filter(verb__startswith="question.").values_list("verb", flat=True)
    assert list(verbs.order_by("sequence")) == [
        "question.ask",
        "question.answer",
        "question.ask-again",
        "question.answer",
        "question.settle",
    ]


@pytest.mark.security
def test_nobody_answers_or_reads_a_question_to_another(casework, stored, ada, case, client):
    run = search(casework, ada, case)
    client.post(act("oversight_ask", run), {"text": WORDS})
    page = reverse("asked_one", kwargs={"question_id": Question.objects.get().id})
    ben = client_as(casework.person("ben", mfa=True))
    for other in (ben, client):
        assert other.get(page).status_code == 404
        assert other.post(page, {"text": "I answer in her place"}).status_code == 404


@pytest.mark.security
def test_nobody_audits_their_own_transactions_under_any_account(
    casework, stored, ada, case, superuser
):
    """A searcher who is an auditor by another account; the database refuses too."""
    run = search(casework, ada, case)
    double = casework.person(
        "double", roles=(Role.AUDITOR,), trained=False, mfa=True, person_id="person-ada"
    )
    client = client_as(double)
    for name in ("oversight_act", "oversight_ask", "oversight_find"):
        assert client.get(act(name, run)).status_code == 403
        answer = client.post(act(name, run), {"text": WORDS, "note": "fine"})
        assert answer.status_code == 403
        assert "nobody judges what they did themselves" in answer.text
    assert not Review.objects.exists()
    assert not Question.objects.exists()
    _, url = draw(client, casework.at)
    assert "another auditor" in client.get(url).text
    with pytest.raises(IntegrityError, match="not_own"), transaction.atomic():
        Review.objects.create(
            kind="search",
            subject=run.id,
            subject_person="person-ada",
            reviewer=double,
            reviewer_person="person-ada",
            reviewed_at=casework.at,
            outcome="in-order",
        )


def test_a_finding_goes_to_its_owner_and_back_until_it_is_closed(
    casework, stored, ada, case, client
):
    run = search(casework, ada, case)
    boss = casework.person("boss", roles=(Role.AUTHORISER,), rank=Rank.INSPECTOR, mfa=True)
    form = {
        "title": "Reason names no incident",
        "grade": "learning",
        "text": "The reason given names no call and no statement",
        "owner": "boss",
        "days": "14",
    }
    assert client.post(act("oversight_find", run), {**form, "owner": "nobody"}).status_code == 422
    made = client.post(act("oversight_find", run), form)
    finding = Finding.objects.get()
    assert finding.due_at - finding.raised_at == 14 * DAY
    his = client_as(boss)
    page = reverse("asked_finding", kwargs={"finding_id": finding.id})
    assert "Reason names no incident" in his.get(reverse("asked")).text
    assert client_as(ada).get(page).status_code == 404
    due = Asked(at=casework.at, until=casework.at + 60 * DAY)
    assert [one.accounts for one in findings(due)] == [{boss.pk}]
    done = {"text": "The team was told how a reason is written"}
    assert his.post(page, done).status_code == 302
    assert client.post(made.url, {"text": "Show what they were told", "return": "yes"})
    his.post(page, done)
    client.post(made.url, {"text": "Seen in the minutes of the meeting"})
    finding.refresh_from_db()
    assert finding.state == "closed"
    assert his.post(page, done).status_code == 403, "it has moved on"
    assert Review.objects.get().outcome == "finding"


def test_searches_over_older_bands_and_entries_by_hand_are_ticked_off_to_the_last(
    casework, stored, ada, client
):
    from openanpr.investigations.services import authorisations
    from openanpr.policy.queries import profile_in_force

    at = casework.at
    case = casework.investigation(ada, category=Category.MAJOR)
    chief = casework.person("chief", roles=(Role.AUTHORISER,), rank=Rank.SUPERINTENDENT)
    asked = authorisations.request_authorisation(
        author=casework.author(ada),
        investigation=case,
        necessity="The car was used in the first of the burglaries",
        proportionality="One mark and one month",
        period_from=at - 120 * DAY,
        period_to=at,
        vrms=[MARK],
        days=7,
        at=at,
    )
    authorisations.grant(
        author=casework.author(chief),
        asked=asked,
        reason="Needed for the first of the burglaries",
        profile=profile_in_force(at=at),
        at=at,
    )
    old = search(casework, ada, case, days=110)
    search(casework, ada, case)
    page = client.get(reverse("oversight_older"))
    assert "Reviewed 0 of 1" in page.text
    assert str(old.id) in page.text
    covered = {one.what: one.sentence for one in coverage_of(month_of(at))}
    assert covered["Searches over older bands"] == "reviewed 0 of 1"
    client.post(reverse("oversight_older"), {"subject": [str(old.id), "nonsense"]})
    assert "Whole" in client.get(reverse("oversight_room")).text
    assert "Reviewed 1 of 1" in client.get(reverse("oversight_older")).text
    assert AuditEvent.objects.filter(verb="review.make").count() == 1
    client.post(reverse("oversight_older"), {"subject": [str(old.id)]})
    assert AuditEvent.objects.filter(verb="review.make").count() == 1, "once is enough"


@pytest.mark.security
def test_the_room_shows_searches_and_never_reads(casework, stored, ada, case, client):
    camera = casework.camera()
    read_id = stored.add(MARK, casework.at - DAY, camera_id=camera.id)
    run = search(casework, ada, case)
    page = client.get(act("oversight_act", run)).text
    assert "1 read shown" in page
    assert str(read_id) not in page
    assert "Northgate" not in page
    assert AuditEvent.objects.filter(verb="audit.view", payload__filters="search").exists()


def test_vehicles_are_noted_and_taken_off_without_a_mark_in_the_audit(
    casework, ada, audrey, client
):
    form = {"person": "ada", "vrm": "oa30 aaa", "source": "declared at vetting"}
    page = reverse("oversight_vehicles")
    assert client.post(page, {**form, "vrm": "?"}).status_code == 422
    assert client.post(page, form).status_code == 302
    assert client.post(page, form).status_code == 302
    vehicle = PersonVehicle.objects.get()
    assert "declared at vetting" in client.get(page).text
    client.post(reverse("oversight_vehicle_remove", kwargs={"vehicle_id": vehicle.id}))
    assert not PersonVehicle.objects.exists()
    events = AuditEvent.objects.filter(verb__startswith="vehicle.")
    assert [one.verb for one in events.order_by("sequence")] == ["vehicle.note", "vehicle.forget"]
    assert not any(MARK in f"{one.payload}{one.subject}{one.reason}" for one in events)
