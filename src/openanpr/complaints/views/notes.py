"""Notes to those who keep the lists."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.complaints import queries
from openanpr.complaints.forms import NoteAnswerForm
from openanpr.complaints.services.linking import answer_note
from openanpr.investigations.views.author import author_of
from openanpr.web.clock import now


def notes(request: HttpRequest) -> HttpResponse:
    """What complaints say of the force's lists."""
    return render(
        request,
        "complaints/notes.html",
        {"notes": list(queries.notes_for(author_of(request).actor)[:200])},
    )


def answer(request: HttpRequest, note_id: uuid.UUID) -> HttpResponse:
    """Say what was done about the list."""
    author = author_of(request)
    note = queries.notes_for(author.actor).filter(id=note_id).first()
    if note is None:
        raise Http404
    form = NoteAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = answer_note(author=author, note=note, answer=form.cleaned_data["answer"], at=now())
        said = "Your answer is with the complaint." if done else "Somebody has answered already."
        messages.info(request, said)
        return redirect("complaint_notes")
    return render(
        request,
        "complaints/note_answer.html",
        {"note": note, "form": form},
        status=422 if form.errors else 200,
    )
