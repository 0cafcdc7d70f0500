"""Questions: the auditor's side, and the page of the person who was asked."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.investigations.views.author import author_of
from openanpr.oversight.models import Finding, Question
from openanpr.oversight.presenters_room import finding_lines, question_lines, steps_of
from openanpr.oversight.room_forms import AnswerForm, MoveForm
from openanpr.oversight.services.reviewing import move_finding, move_question
from openanpr.oversight.subjects import subject_of
from openanpr.oversight.views.doors import not_moved, refusal
from openanpr.oversight.vocabulary import GRADE_NAMES, Grade, Kind
from openanpr.web.clock import now


def question(request: HttpRequest, question_id: uuid.UUID) -> HttpResponse:
    """The auditor's side: read the answer, ask again or settle it."""
    author = author_of(request)
    found = Question.objects.select_related("asked_of").filter(id=question_id).first()
    if found is None:
        raise Http404
    if answer := refusal(request, author, found.asked_person):
        return answer
    form = MoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        move = "ask-again" if "again" in request.POST else "settle"
        against = move_question(
            author=author, question=found, move=move, text=form.cleaned_data["text"], at=now()
        )
        if against is not None:
            return not_moved(request, against)
        messages.success(request, "Asked again." if move == "ask-again" else "Settled.")
        return redirect("oversight_question", question_id=found.id)
    (line,) = question_lines([found], at=now())
    context = {
        "line": line,
        "steps": steps_of("question", found.id),
        "form": form,
        "findings": finding_lines(found.findings.select_related("owner"), at=now()),
    }
    return render(request, "oversight/question.html", context, status=422 if form.errors else 200)


def finding(request: HttpRequest, finding_id: uuid.UUID) -> HttpResponse:
    """The auditor's side: see what was done, send it back or close it."""
    author = author_of(request)
    found = Finding.objects.select_related("owner", "raised_by").filter(id=finding_id).first()
    if found is None:
        raise Http404
    if answer := refusal(request, author, found.subject_person):
        return answer
    form = MoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        move = "return" if "return" in request.POST else "close"
        against = move_finding(
            author=author, finding=found, move=move, text=form.cleaned_data["text"], at=now()
        )
        if against is not None:
            return not_moved(request, against)
        messages.success(request, "Sent back." if move == "return" else "Closed.")
        return redirect("oversight_finding", finding_id=found.id)
    return _finding_page(request, found, form, own=False)


def own(request: HttpRequest) -> HttpResponse:
    """What the person was asked, and the findings that are theirs to see to."""
    person = author_of(request).actor.person_id
    at = now()
    questions = Question.objects.filter(asked_person=person).select_related("asked_of", "asked_by")
    findings = Finding.objects.filter(owner_person=person).select_related("owner", "raised_by")
    return render(
        request,
        "oversight/own.html",
        {
            "questions": question_lines(questions.order_by("-asked_at"), at=at),
            "findings": finding_lines(findings.order_by("-raised_at"), at=at),
        },
    )


def own_question(request: HttpRequest, question_id: uuid.UUID) -> HttpResponse:
    """One's own question: what it is about, and the answer."""
    author = author_of(request)
    found = (
        Question.objects.select_related("asked_of", "asked_by")
        .filter(id=question_id, asked_person=author.actor.person_id)
        .first()
    )
    if found is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        against = move_question(
            author=author, question=found, move="answer", text=form.cleaned_data["text"], at=now()
        )
        if against is not None:
            return not_moved(request, against)
        messages.success(request, "Your answer is with the auditor.")
        return redirect("asked_one", question_id=found.id)
    (line,) = question_lines([found], at=now())
    return render(
        request,
        "oversight/own_question.html",
        {
            "line": line,
            "about": subject_of(Kind(found.kind), found.subject),
            "steps": steps_of("question", found.id),
            "form": form,
        },
        status=422 if form.errors else 200,
    )


def own_finding(request: HttpRequest, finding_id: uuid.UUID) -> HttpResponse:
    """A finding that is one's own to see to: say what was done."""
    author = author_of(request)
    found = (
        Finding.objects.select_related("owner", "raised_by")
        .filter(id=finding_id, owner_person=author.actor.person_id)
        .first()
    )
    if found is None:
        raise Http404
    form = MoveForm(request.POST if request.method == "POST" else None)
    form.fields["text"].label = "What was done"
    if request.method == "POST" and form.is_valid():
        against = move_finding(
            author=author, finding=found, move="act", text=form.cleaned_data["text"], at=now()
        )
        if against is not None:
            return not_moved(request, against)
        messages.success(request, "Noted. The auditor looks at it.")
        return redirect("asked_finding", finding_id=found.id)
    return _finding_page(request, found, form, own=True)


def _finding_page(
    request: HttpRequest, found: Finding, form: forms.Form, *, own: bool
) -> HttpResponse:
    (line,) = finding_lines([found], at=now())
    return render(
        request,
        "oversight/finding.html",
        {
            "line": line,
            "grade": GRADE_NAMES[Grade(found.grade)],
            "steps": steps_of("finding", found.id),
            "form": form,
            "own": own,
            "may_move": found.state == ("open" if own else "acted-on"),
        },
        status=422 if form.errors else 200,
    )
