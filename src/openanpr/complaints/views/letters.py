"""Letters: made as PDF, and their text changed by the force."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.complaints import queries
from openanpr.complaints.forms import LetterForm
from openanpr.complaints.letters import (
    PLACEHOLDERS,
    as_paper,
    filled,
    letter_body,
    letter_for,
    shipped_letter,
)
from openanpr.complaints.models import Complaint, LetterText
from openanpr.complaints.services.letters import publish_letter
from openanpr.complaints.services.showing import record_letter
from openanpr.complaints.views.showing import complaint_or_404, download
from openanpr.complaints.vocabulary import LETTER_NAMES, LetterKind, State
from openanpr.investigations.views.author import author_of
from openanpr.papers import to_pdf
from openanpr.web.clock import now

_EXAMPLE = {
    **{name: f"[{name}]" for name in PLACEHOLDERS},
    "name": "A. Example",
    "reference": "C-2345-6789",
}


def letter(request: HttpRequest, complaint_id: uuid.UUID, kind: str) -> HttpResponse:
    """One letter of one complaint as PDF."""
    author = author_of(request)
    complaint = complaint_or_404(author, complaint_id)
    which = _kind_or_404(kind)
    at = now()
    text = letter_for(
        complaint,
        which,
        contact=settings.SETTINGS.public_contact,
        at=at,
        told=_newest_words(complaint, which),
    )
    record_letter(author=author, complaint=complaint, kind=which, text=text, at=at)
    pdf = to_pdf(as_paper(text, kind=which, complaint=complaint, at=at))
    name = f"{complaint.reference}-{which.value}.pdf"
    return download(pdf, name=name, content_type="application/pdf")


def texts(request: HttpRequest) -> HttpResponse:
    """The letters and their own texts."""
    rows = [(kind, name, queries.letter_text(kind)) for kind, name in LETTER_NAMES.items()]
    return render(request, "complaints/letters.html", {"rows": rows})


def edit(request: HttpRequest, kind: str) -> HttpResponse:
    """Change a letter's text: preview first, then put it in use; older versions below."""
    author = author_of(request)
    which = _kind_or_404(kind)
    form = LetterForm(
        request.POST if request.method == "POST" else None, initial={"body": letter_body(which)}
    )
    preview = ""
    if request.method == "POST" and form.is_valid():
        if "publish" in request.POST:
            values = form.cleaned_data
            publish_letter(
                author=author, kind=which, body=values["body"], reason=values["reason"], at=now()
            )
            messages.success(request, "The text is in use from now on.")
            return redirect("complaint_letter_text", kind=which.value)
        preview = filled(form.cleaned_data["body"], _EXAMPLE)
    shown = {
        "form": form,
        "name": LETTER_NAMES[which],
        "preview": preview,
        "placeholders": PLACEHOLDERS,
        "shipped": shipped_letter(which),
        "history": LetterText.objects.filter(kind=which.value)
        .select_related("author")
        .order_by("-published_at"),
    }
    status = 422 if form.errors else 200
    return render(request, "complaints/letter_text.html", shown, status=status)


def _newest_words(complaint: Complaint, kind: LetterKind) -> str:
    """What the newest step of that kind told; empty where it is still to be taken."""
    steps = complaint.steps.exclude(reason="").order_by("-sequence")
    if kind is LetterKind.OUTCOME:
        steps = steps.filter(target=State.ANSWERED.value)
    elif kind is LetterKind.PROGRESS:
        steps = steps.filter(move__endswith="progress")
    else:
        return ""
    return steps.values_list("reason", flat=True).first() or ""


def _kind_or_404(kind: str) -> LetterKind:
    try:
        return LetterKind(kind)
    except ValueError:
        raise Http404 from None
