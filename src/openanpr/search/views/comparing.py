"""Pictures of reads side by side, and what the person says that they show."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.investigations.models import Investigation
from openanpr.investigations.services.author import Author
from openanpr.investigations.views.author import author_of, own_investigation
from openanpr.reads.corrections import ReadGoneError, Verdict
from openanpr.search import presenters
from openanpr.search.selection import PickedRead, picked
from openanpr.search.services import SearchStoppedError, SearchTooLongError
from openanpr.search.services.compare import (
    MOST_COMPARED,
    Said,
    SayingRefused,
    compare,
    say,
)
from openanpr.vrm import InvalidVrm, normalise
from openanpr.web.clock import now

_NOTHING = ""


class VerdictForm(forms.Form):
    """What one picture shows."""

    verdict = forms.ChoiceField(
        label="The plate in the picture",
        required=False,
        choices=[
            (_NOTHING, "I do not say"),
            (Verdict.RIGHT.value, "Shows this mark"),
            (Verdict.WRONG.value, "Shows another mark"),
            (Verdict.UNREADABLE.value, "Cannot be read"),
        ],
        widget=forms.RadioSelect,
    )
    says = forms.CharField(
        label="The mark it shows",
        required=False,
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "govuk-input--width-10",
            }
        ),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        try:
            values["says"] = normalise(values["says"]) if values.get("says") else ""
        except InvalidVrm as problem:
            self.add_error("says", str(problem).capitalize())
            return values
        if values["says"] and values.get("verdict") != Verdict.WRONG:
            self.add_error("verdict", "Choose “Shows another mark”, or leave the mark empty")
        return values


def comparing(request: HttpRequest) -> HttpResponse:
    """The picked reads side by side; with ``record`` sent, what is said of them is kept."""
    author = author_of(request)
    reads = picked_reads(request, author)
    if not reads or len(reads) > MOST_COMPARED:
        context = {"most": MOST_COMPARED, "many": bool(reads), "button": "Compare pictures"}
        return render(request, "search/nothing_to_compare.html", context, status=422)
    investigation = own_investigation(author, reads[0].investigation_id, to_change=True)
    recording = "record" in request.POST
    forms_ = {
        read.id: VerdictForm(
            request.POST if recording else None,
            prefix=f"r{read.id.hex}",
            initial={"verdict": _NOTHING},
        )
        for read in reads
    }
    if recording and _all_valid(forms_.values()):
        said = [
            Said(read=read, verdict=Verdict(values["verdict"]), says=values["says"])
            for read in reads
            if (values := forms_[read.id].cleaned_data)["verdict"]
        ]
        return _said(request, author, investigation, said)
    return _page(request, author, investigation, reads, forms_)


def _all_valid(forms_: Iterable[VerdictForm]) -> bool:
    """Whether all are; each is asked, so that each shows what is wrong with it."""
    wrong = [form for form in forms_ if not form.is_valid()]
    return not wrong


def picked_reads(request: HttpRequest, author: Author) -> list[PickedRead]:
    """The picked reads, each once, all of the first one's investigation."""
    at = now()
    tokens = request.POST.getlist("read")
    found = [picked(token, account_id=author.user.pk, at=at) for token in tokens]
    reads = {read.id: read for read in found if read is not None}
    first = next(iter(reads.values()), None)
    return [
        one
        for one in reads.values()
        if first is not None and one.investigation_id == first.investigation_id
    ]


def _said(
    request: HttpRequest, author: Author, investigation: Investigation, said: Sequence[Said]
) -> HttpResponse:
    try:
        with transaction.atomic():
            answer = say(author=author, investigation=investigation, said=said, at=now())
    except ReadGoneError:
        messages.error(request, "Nothing was kept: a read is not in the store any more.")
        return redirect("investigation", investigation_id=investigation.id)
    if isinstance(answer, SayingRefused):
        for sentence in answer.sentences:
            messages.error(request, f"Nothing was kept. {sentence}")
    elif answer:
        kept = "one second reading" if answer == 1 else f"{answer} second readings"
        messages.success(request, f"Kept {kept}; the first readings stay as they are.")
    else:
        messages.warning(request, "You said nothing of any picture, so nothing was kept.")
    return redirect("investigation", investigation_id=investigation.id)


def _page(
    request: HttpRequest,
    author: Author,
    investigation: Investigation,
    reads: Sequence[PickedRead],
    forms_: dict[Any, VerdictForm],
) -> HttpResponse:
    at = now()
    try:
        result = compare(author=author, investigation=investigation, reads=reads, at=at)
    except SearchStoppedError:
        return render(request, "search/stopped.html", status=503)
    except SearchTooLongError:
        return render(request, "search/too_long.html", status=503)
    lines = presenters.read_lines(result, user=author.user, at=at)
    wrong = any(form.errors for form in forms_.values())
    shown = [(line, forms_[read.id]) for line, read in zip(lines, result.reads, strict=True)]
    return render(
        request,
        "search/compare.html",
        {
            "investigation": investigation,
            "result": result,
            "parts": presenters.part_lines(result),
            "reads": shown,
            "missing": len(reads) - len(lines),
            "wrong": [form for _, form in shown if form.errors],
        },
        status=403 if not result.decision.allowed else (422 if wrong else 200),
    )
