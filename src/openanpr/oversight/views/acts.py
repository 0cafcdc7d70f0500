"""One search or one entry, as what somebody did; and all of a month that want looking at."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.investigations.services.author import Author
from openanpr.investigations.views.author import author_of
from openanpr.oversight import coverage
from openanpr.oversight.held import challenged_runs
from openanpr.oversight.models import Question
from openanpr.oversight.presenters_room import EntryFacts, act_lines, entry_facts, run_facts
from openanpr.oversight.room_forms import FindingForm, NoteForm, QuestionForm
from openanpr.oversight.services import record_look
from openanpr.oversight.services.reviewing import (
    ask,
    may_review,
    raise_finding,
    reviews_of,
    tick_off,
)
from openanpr.oversight.subjects import Subject, subject_of, subject_of_entry, subject_of_run
from openanpr.oversight.views.doors import month_asked, not_moved, refusal, said
from openanpr.oversight.vocabulary import Grade, Kind
from openanpr.web.clock import now
from openanpr.workflow import Refused

SHOWN = 200


def older(request: HttpRequest) -> HttpResponse:
    """Every search of the month over reads of an age that needs an authorisation."""
    month = month_asked(request)
    runs = coverage.older_runs(month.start, month.end)
    subjects = [subject_of_run(run) for run in runs]
    return _all(request, "Searches over older bands", subjects)


def entries(request: HttpRequest) -> HttpResponse:
    """Every list entry of the month that was made by hand."""
    month = month_asked(request)
    found = (subject_of_entry(one) for one in coverage.entries_by_hand(month.start, month.end))
    return _all(request, "List entries made by hand", [one for one in found if one is not None])


def challenged(request: HttpRequest) -> HttpResponse:
    """Every search of the month that showed signs of misuse, answered or not."""
    month = month_asked(request)
    runs = challenged_runs(month.start, month.end)
    return _all(request, "Searches with signs of misuse", [subject_of_run(run) for run in runs])


def act(request: HttpRequest, kind: str, subject_id: uuid.UUID) -> HttpResponse:
    """One of them, with what is known of it. Sent, it is ticked off."""
    author, subject = _judged(request, kind, subject_id)
    if subject is None:
        raise Http404
    decision = may_review(author, subject.person_id, at=now())
    if not decision.allowed:
        return said(request, decision)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        tick_off(author=author, subjects=[subject], note=form.cleaned_data["note"], at=now())
        messages.success(request, "Noted as looked at and in order.")
        return redirect("oversight_act", kind=kind, subject_id=subject_id)
    facts = _facts(subject, covert=author.actor.covert_right)
    record_look(author=author, filters=[kind], rows=1, at=now())
    return render(
        request,
        "oversight/act.html",
        {
            "subject": subject,
            "facts": facts,
            "is_search": not isinstance(facts, EntryFacts),
            "form": form,
            "review": reviews_of(subject.kind, [subject.id]).get(subject.id),
            "questions": Question.objects.filter(subject=subject.id).order_by("-asked_at"),
        },
        status=422 if form.errors else 200,
    )


def question(request: HttpRequest, kind: str, subject_id: uuid.UUID) -> HttpResponse:
    """Ask the person who did it."""
    author, subject = _judged(request, kind, subject_id)
    if subject is None:
        raise Http404
    if answer := refusal(request, author, subject.person_id):
        return answer
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = ask(author=author, subject=subject, text=form.cleaned_data["text"], at=now())
        if isinstance(made, Refused):
            return not_moved(request, made)
        messages.success(request, f"{subject.user.full_name} finds the question on their page.")
        return redirect("oversight_question", question_id=made.id)
    context = {
        "form": form,
        "title": f"Ask {subject.user.full_name}",
        "button": "Ask",
        "back": "oversight_room",
    }
    return render(request, "oversight/form.html", context, status=422 if form.errors else 200)


def finding(request: HttpRequest, kind: str, subject_id: uuid.UUID) -> HttpResponse:
    """Make a finding of it."""
    author, subject = _judged(request, kind, subject_id)
    if subject is None:
        raise Http404
    if answer := refusal(request, author, subject.person_id):
        return answer
    form = FindingForm(request.POST if request.method == "POST" else None, force=author.actor.force)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        made = raise_finding(
            author=author,
            subject=subject,
            question=_question(request),
            title=values["title"],
            text=values["text"],
            grade=Grade(values["grade"]),
            owner=values["owner"],
            days=values["days"],
            at=now(),
        )
        if isinstance(made, Refused):
            return not_moved(request, made)
        messages.success(request, "The finding is made. Its owner finds it on their page.")
        return redirect("oversight_finding", finding_id=made.id)
    context = {
        "form": form,
        "title": "Make a finding",
        "button": "Make the finding",
        "back": "oversight_room",
    }
    return render(request, "oversight/form.html", context, status=422 if form.errors else 200)


def _all(request: HttpRequest, title: str, subjects: list[Subject]) -> HttpResponse:
    author = author_of(request)
    if answer := refusal(request, author):
        return answer
    if request.method == "POST":
        wanted = set(request.POST.getlist("subject"))
        chosen = [one for one in subjects if str(one.id) in wanted]
        done = tick_off(author=author, subjects=chosen, note="", at=now())
        messages.success(request, f"{done} noted as looked at and in order.")
        return redirect(request.get_full_path())
    lines = act_lines(subjects, author=author)
    waiting = [line for line in lines if line.review is None]
    record_look(author=author, filters=[title.lower()], rows=len(lines), at=now())
    return render(
        request,
        "oversight/acts.html",
        {
            "title": title,
            "month": month_asked(request),
            "waiting": waiting[:SHOWN],
            "left": max(0, len(waiting) - SHOWN),
            "done": [line for line in lines if line.review is not None][:SHOWN],
            "reviewed": len(lines) - len(waiting),
            "of": len(lines),
        },
    )


def _judged(
    request: HttpRequest, kind: str, subject_id: uuid.UUID
) -> tuple[Author, Subject | None]:
    author = author_of(request)
    known = kind in {one.value for one in Kind}
    return author, subject_of(Kind(kind), subject_id) if known else None


def _facts(subject: Subject, *, covert: bool) -> object:
    if subject.kind is Kind.SEARCH:
        return run_facts(subject.id)
    return entry_facts(subject.id, covert=covert)


def _question(request: HttpRequest) -> Question | None:
    try:
        wanted = uuid.UUID(request.GET.get("question", ""))
    except ValueError:
        return None
    return Question.objects.filter(id=wanted).first()
