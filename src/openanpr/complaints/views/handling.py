"""What the desk and professional standards do about a complaint."""

import uuid

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.complaints import queries
from openanpr.complaints.flow import MOVE_WORDS, clocks, complaint_flow
from openanpr.complaints.forms import LinkForm, NoteForm, StepForm
from openanpr.complaints.models import Complaint
from openanpr.complaints.services import linking
from openanpr.complaints.services.moving import moves_for, take_step
from openanpr.complaints.views.showing import complaint_or_404
from openanpr.complaints.vocabulary import LINK_NAMES
from openanpr.investigations.views.author import author_of
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
    complaint = complaint_or_404(author, complaint_id)
    alerts = {str(one.id): one for one in queries.linked_alerts(complaint)}
    if not alerts:
        raise Http404
    form = NoteForm(request.POST if request.method == "POST" else None)
    form.fields["alert"].choices = [  # type: ignore[attr-defined]
        (number, f"Alert {number}") for number in alerts
    ]
    if request.method == "POST" and form.is_valid():
        linking.write_note(
            author=author,
            complaint=complaint,
            alert=alerts[form.cleaned_data["alert"]],
            text=form.cleaned_data["text"],
            at=now(),
        )
        messages.success(request, "The list managers see your note, and answer it.")
        return redirect("complaint", complaint_id=complaint.id)
    return _page(request, complaint, form, "Write to the list managers", "")


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
