"""What the desk and professional standards do about a complaint."""

import uuid

from django.contrib import messages
from django.forms import ChoiceField, Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.alerts.models import Alert
from openanpr.complaints import queries
from openanpr.complaints.flow import MOVE_WORDS, clocks, complaint_flow
from openanpr.complaints.forms import CorrectionForm, LinkForm, NoteForm, StepForm
from openanpr.complaints.models import Complaint
from openanpr.complaints.services import correcting, linking
from openanpr.complaints.services.moving import moves_for, take_step, why_not
from openanpr.complaints.views.showing import complaint_or_404
from openanpr.complaints.vocabulary import LINK_NAMES
from openanpr.investigations.services.author import Author
from openanpr.investigations.views.author import author_of
from openanpr.reads.corrections import ReadGoneError
from openanpr.web.clock import now


def step(request: HttpRequest, complaint_id: uuid.UUID, move: str) -> HttpResponse:
    """Take one step; who may not, or no longer, is told why."""
    author = author_of(request)
    complaint = complaint_or_404(author, complaint_id)
    wanted = complaint_flow(clocks()).move(move)
    if wanted is None or not wanted.sources:
        raise Http404
    at = now()
    words = MOVE_WORDS[move]
    form = StepForm(
        request.POST if request.method == "POST" else None,
        evidence=wanted.evidence,
        reason=words.reason,
        hint=words.hint,
    )
    problems: tuple[str, ...] = ()
    if request.method == "GET" and move not in moves_for(author.actor, complaint, at=at):
        raise Http404
    if request.method == "POST" and form.is_valid():
        problems = take_step(
            author=author,
            complaint=complaint,
            name=move,
            at=at,
            reason=form.cleaned_data.get("reason", ""),
            evidence=form.evidence(),
            learning=form.cleaned_data.get("learning", ""),
        )
        if not problems:
            messages.success(request, f"{words.done}.")
            return redirect("complaint", complaint_id=complaint.id)
    return _page(request, complaint, form, words.button, words.hint, problems=problems)


def link(request: HttpRequest, complaint_id: uuid.UUID) -> HttpResponse:
    """Say which read, alert or search it concerns."""
    author = author_of(request)
    complaint = complaint_or_404(author, complaint_id)
    form = LinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kind, subject = form.link_kind(), form.cleaned_data["subject"]
        if queries.is_there(kind, subject, force=author.actor.force):
            linking.link(
                author=author,
                complaint=complaint,
                kind=kind,
                subject=subject,
                why=form.cleaned_data["why"],
                at=now(),
            )
            messages.success(request, f"{LINK_NAMES[kind]} linked.")
            return redirect("complaint", complaint_id=complaint.id)
        form.add_error("subject", "There is none with this reference. Check each character")
    hint = (
        "Only what an officer's report or the auditor names. Nobody searches for a vehicle because "
        "a complaint mentions one."
    )
    return _page(request, complaint, form, "Link what it concerns", hint)


def note(request: HttpRequest, complaint_id: uuid.UUID) -> HttpResponse:
    """Tell those who keep the list of a linked alert."""
    author = author_of(request)
    complaint, alerts = _with_alerts(author, complaint_id)
    form = NoteForm(request.POST if request.method == "POST" else None)
    _offer(form, alerts)
    at = now()
    problems = why_not(author.actor, complaint, at=at)
    if request.method == "POST" and form.is_valid() and not problems:
        linking.write_note(
            author=author,
            complaint=complaint,
            alert=alerts[form.cleaned_data["alert"]],
            text=form.cleaned_data["text"],
            at=at,
        )
        messages.success(request, "The list managers see your note, and answer it.")
        return redirect("complaint", complaint_id=complaint.id)
    return _page(request, complaint, form, "Write to the list managers", "", problems=problems)


def correct(request: HttpRequest, complaint_id: uuid.UUID) -> HttpResponse:
    """Record what the plate really says; the answer is the same whatever the store says."""
    author = author_of(request)
    complaint, alerts = _with_alerts(author, complaint_id)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    _offer(form, alerts)
    at = now()
    problems = why_not(author.actor, complaint, at=at)
    if request.method == "POST" and form.is_valid() and not problems:
        values = form.cleaned_data
        try:
            correcting.correct(
                author=author,
                complaint=complaint,
                alert=alerts[values["alert"]],
                says=values["says"],
                reason=values["reason"],
                at=at,
            )
        except ReadGoneError:
            problems = ("The read is not kept any more, so there is nothing to correct.",)
        else:
            messages.success(request, "The second reading is recorded beside the first.")
            return redirect("complaint", complaint_id=complaint.id)
    hint = (
        "The first reading is kept as it was made; whoever finds the read from now on sees both. "
        "You are not told what the first one says."
    )
    return _page(request, complaint, form, "Correct the read", hint, problems=problems)


def _with_alerts(author: Author, complaint_id: uuid.UUID) -> tuple[Complaint, dict[str, Alert]]:
    """A complaint and the alerts that it concerns; without any there is no such page."""
    complaint = complaint_or_404(author, complaint_id)
    alerts = {str(one.id): one for one in queries.linked_alerts(complaint)}
    if not alerts:
        raise Http404
    return complaint, alerts


def _offer(form: NoteForm | CorrectionForm, alerts: dict[str, Alert]) -> None:
    field = form.fields["alert"]
    if isinstance(field, ChoiceField):
        field.choices = [(number, f"Alert {number}") for number in alerts]
    if len(alerts) == 1:
        field.initial = next(iter(alerts))


def _page(
    request: HttpRequest,
    complaint: Complaint,
    form: Form,
    title: str,
    hint: str,
    *,
    problems: tuple[str, ...] = (),
) -> HttpResponse:
    status = 403 if problems else (422 if form.errors else 200)
    shown = {
        "complaint": complaint,
        "form": form,
        "title": title,
        "hint": hint,
        "problems": problems,
    }
    return render(request, "complaints/act.html", shown, status=status)
