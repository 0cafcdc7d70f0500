"""Misuse is challenged before the answer: asked, held, released by another, told to the auditor."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from openanpr.access.vocabulary import Role
from openanpr.audit.models import AuditEvent
from openanpr.oversight.models import PersonVehicle, Release
from openanpr.search.models import SearchRun
from openanpr.search.question import MarkQuestion
from openanpr.search.services import run_search
from tests.factories.accounts import client_as
from tests.factories.casework import MARK, OTHER_MARK, REASON
from tests.functional.search.test_journey import search_form

DAY = timedelta(days=1)
WHY = "The witness gave this mark before I knew whose it is"


@pytest.fixture
def ada(casework):
    return casework.person("ada", mfa=True)


@pytest.fixture
def case(casework, ada):
    return casework.investigation(ada)


def note(casework, by, person_id, vrm=MARK):
    PersonVehicle.objects.using("owner").create(
        person_id=person_id,
        vrm=vrm,
        canonical=vrm.replace("O", "0"),
        source="declared at vetting",
        added_by=by,
        added_at=casework.at,
    )


def ask(casework, person, case, *, vrm=MARK, at=None, **options):
    at = at or casework.at
    return run_search(
        author=casework.author(person),
        question=MarkQuestion(vrm=vrm, start=at - 7 * DAY, end=at, reason=REASON),
        investigation=case,
        at=at,
        **options,
    )


def explain(client, run, **form):
    return client.post(reverse("search_explain", kwargs={"run_id": run.id}), form)


@pytest.mark.parametrize("owner", ["person-ada", "person-someone-else"])
def test_a_search_for_ones_own_or_a_colleagues_vehicle_is_held_released_and_answered(
    casework, stored, ada, case, owner
):
    note(casework, ada, owner)
    stored.add(MARK, casework.at - DAY, camera_id=casework.camera().id)
    client = client_as(ada)
    held = client.post(reverse("search"), search_form(case, casework.at))
    assert held.status_code == 403
    assert "Why it is needed" in held.text
    assert "vehicle" not in held.text.lower(), "nobody is told whose it is"
    first = SearchRun.objects.get()
    assert (first.decision, first.rows) == ("deny", None)
    assert explain(client, first, explanation="because").status_code == 422
    again = explain(client, first, explanation=WHY)
    assert again.status_code == 403
    assert "A second person looks at it now" in again.text
    second = SearchRun.objects.exclude(id=first.id).get()
    assert (second.explanation, second.answers) == (WHY, first.id)
    assert explain(client, second).status_code == 403, "not yet released"
    waiting = SearchRun.objects.order_by("-asked_at", "-id").first()
    boss = client_as(casework.person("boss", roles=(Role.AUTHORISER,), mfa=True))
    page = boss.get(reverse("held_search", kwargs={"run_id": waiting.id}))
    assert WHY in page.text
    assert boss.post(page.wsgi_request.path, {"reason": "ok", "release": "1"}).status_code == 422
    told = {"reason": "The witness statement names the mark", "release": "yes"}
    assert boss.post(page.wsgi_request.path, told).status_code == 302
    assert (
        "has released it" in client.get(reverse("search_run", kwargs={"run_id": waiting.id})).text
    )
    answer = explain(client, waiting)
    assert answer.status_code == 200
    assert "1 read found" in answer.text
    verbs = list(AuditEvent.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs.index("search.release") < verbs.index("search.run")
    told = AuditEvent.objects.filter(verb="search.challenge")
    assert told.count() == 4
    assert {one.actor_kind for one in told} == {"system"}, "not in the searcher's own record"


@pytest.mark.security
def test_nobody_releases_their_own_search_under_any_account(casework, stored, ada, case):
    note(casework, ada, "person-ada")
    first = ask(casework, ada, case).run
    held = ask(casework, ada, case, explanation=WHY, again=first).run
    double = casework.person("boss", roles=(Role.AUTHORISER,), mfa=True, person_id="person-ada")
    page = reverse("held_search", kwargs={"run_id": held.id})
    answer = client_as(double).post(page, {"reason": WHY, "release": "yes"})
    assert answer.status_code == 404
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        Release.objects.create(
            run_id=held.id,
            searcher_person="person-ada",
            decided_by=double,
            decided_person="person-ada",
            decided_at=casework.at,
            let_through=True,
            reason=WHY,
        )
    assert not ask(casework, ada, case, again=held).decision.allowed


def test_a_release_opens_one_question_for_a_day(casework, stored, ada, case):
    note(casework, ada, "person-ada")
    note(casework, ada, "person-ada", OTHER_MARK)
    first = ask(casework, ada, case).run
    held = ask(casework, ada, case, explanation=WHY, again=first).run
    boss = casework.person("boss", roles=(Role.AUTHORISER,))
    Release.objects.create(
        run_id=held.id,
        searcher_person="person-ada",
        decided_by=boss,
        decided_person="person-boss",
        decided_at=casework.at,
        let_through=True,
        reason=WHY,
    )
    assert ask(casework, ada, case, again=held).decision.allowed
    assert not ask(casework, ada, case).decision.allowed, "asked anew, it is held anew"
    late = ask(casework, ada, case, again=held, at=casework.at + DAY)
    assert not late.decision.allowed


def test_a_mark_refused_under_another_investigation_is_asked_about(casework, stored, ada, case):
    other = casework.investigation(ada, reference="FX/2026/002", state="closed")
    assert not ask(casework, ada, other).decision.allowed
    later = casework.at + timedelta(seconds=1)
    held = ask(casework, ada, case, at=later)
    assert [str(one) for one in held.decision.reasons] == ["explanation-required"]
    answer = ask(casework, ada, case, at=later, explanation=WHY, again=held.run)
    assert answer.decision.allowed
    assert (answer.run.signs, answer.run.explanation) == (["after-refusal"], WHY)
    assert ask(casework, ada, case, vrm=OTHER_MARK, at=later).decision.allowed


def test_one_mark_under_a_third_investigation_is_asked_about(casework, stored, ada, case):
    cases = [casework.investigation(ada, reference=f"FX/2026/01{n}") for n in range(2)]
    for number, one in enumerate(cases):
        moment = casework.at + timedelta(seconds=number)
        assert ask(casework, ada, one, at=moment).decision.allowed
    later = casework.at + timedelta(seconds=9)
    assert not ask(casework, ada, case, at=later).decision.allowed
    ben = casework.person("ben")
    shared = casework.investigation(ben, reference="FX/2026/020")
    assert ask(casework, ben, shared, at=later).decision.allowed, "another person's own"


def test_a_further_page_is_not_challenged_again(casework, stored, ada, case):
    other = casework.investigation(ada, reference="FX/2026/002", state="closed")
    ask(casework, ada, other)
    later = casework.at + timedelta(seconds=1)
    held = ask(casework, ada, case, at=later).run
    answered = ask(casework, ada, case, at=later, explanation=WHY, again=held)
    more = ask(casework, ada, case, at=later, continues=answered.run)
    assert more.decision.allowed


@pytest.mark.security
def test_only_a_held_search_of_ones_own_is_asked_again(casework, stored, ada, case):
    plain = ask(casework, ada, case).run
    closed = casework.investigation(ada, reference="FX/2026/002", state="closed")
    refused = ask(casework, ada, closed, vrm=OTHER_MARK).run
    client = client_as(ada)
    for run in (plain, refused):
        assert explain(client, run, explanation=WHY).status_code == 404
    note(casework, ada, "person-ada")
    held = ask(casework, ada, case).run
    ben = client_as(casework.person("ben", mfa=True))
    assert explain(ben, held, explanation=WHY).status_code == 404
