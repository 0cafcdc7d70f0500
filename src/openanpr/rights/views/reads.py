"""Searching for a request, the reads found, and their pictures before they leave."""

import uuid
from datetime import datetime

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.cameras.queries import cameras_by_id
from openanpr.investigations.services.author import Author
from openanpr.investigations.views.author import author_of
from openanpr.reads.images import image_store
from openanpr.reads.links import ImageLink, image_url
from openanpr.rights.models import FoundRead, InformationRequest
from openanpr.rights.pictures import PURPOSE
from openanpr.rights.services.giving import check_picture, concerned, hold_back, show_again
from openanpr.rights.services.redacting import record_view, redacted
from openanpr.rights.services.searching import search_for
from openanpr.rights.views.asked import in_words, request_or_404
from openanpr.rights.vocabulary import GROUND_NAMES, Ground, RequestState, grounds_for
from openanpr.search.services import SearchStoppedError
from openanpr.web.clock import now


class GivingForm(forms.Form):
    """Hold the ticked reads back on a ground, or give them."""

    ground = forms.ChoiceField(label="What to do with the ticked reads", required=False)
    reason = forms.CharField(
        label="Why",
        max_length=2000,
        help_text="Kept with the request and in the audit",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, request: InformationRequest, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        field = self.fields["ground"]
        if isinstance(field, forms.ChoiceField):
            grounds = [(one.value, GROUND_NAMES[one]) for one in grounds_for(request.what)]
            field.choices = [("", "Give them"), *grounds]


def search(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """Search now, and go to what was found."""
    found = request_or_404(request_id)
    try:
        made = search_for(author=author_of(request), request_id=found.id, at=now())
    except SearchStoppedError:
        return render(request, "rights/stopped.html", {"asked": found}, status=503)
    if made.result_sequence is None:
        reasons = {reason for part in made.parts for reason in part["reasons"]}
        messages.error(request, "Nothing was searched. " + " ".join(in_words(sorted(reasons))))
        return redirect("rights_request", request_id=found.id)
    messages.success(request, f"The search found {_reads(made.rows)}.")
    return redirect("rights_reads", request_id=found.id)


def reads(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """The reads found; with the form sent, some are held back or given."""
    at = now()
    author = author_of(request)
    asked = request_or_404(request_id)
    form = GivingForm(request.POST or None, request=asked)
    status = 200
    if request.method == "POST":
        status = 422
        picked = _picked(request)
        if not picked:
            form.add_error(None, "Tick the reads first")
        if form.is_valid():
            ground = form.cleaned_data["ground"]
            count = hold_back(
                author=author,
                request_id=asked.id,
                found_ids=picked,
                ground=Ground(ground) if ground else None,
                reason=form.cleaned_data["reason"],
                at=at,
            )
            if count is not None:
                messages.success(request, f"Decided on {_reads(count)}.")
                return redirect("rights_reads", request_id=asked.id)
            form.add_error(None, "This request is not yours, or is not being dealt with now")
            status = 403
    shown = show_again(author=author, request=asked, at=at)
    cameras = cameras_by_id({read.camera_id for read in shown})
    return render(
        request,
        "rights/reads.html",
        {
            "asked": asked,
            "form": form,
            "reads": [
                (read, cameras[read.camera_id].area_name if read.camera_id in cameras else "")
                for read in shown
            ],
            "grounds": {one.value: name for one, name in GROUND_NAMES.items()},
            "changing": asked.state == RequestState.OPEN and asked.officer_id == author.user.pk,
            "without_covert": not author.actor.covert_right,
        },
        status=status,
    )


def picture(request: HttpRequest, request_id: uuid.UUID, found_id: uuid.UUID) -> HttpResponse:
    """One read's pictures, as they are and as they would leave; with an answer sent, noted."""
    at = now()
    author = author_of(request)
    asked = request_or_404(request_id)
    read = _read_or_404(author, asked, found_id, at)
    if request.method == "POST":
        give = request.POST.get("give") == "yes"
        done = check_picture(author=author, request_id=asked.id, found_id=read.id, give=give, at=at)
        if done:
            messages.success(request, "The picture is noted.")
        else:
            messages.error(request, "Nothing was noted: the request is not being dealt with now.")
        return redirect("rights_reads", request_id=asked.id)
    return render(
        request,
        "rights/picture.html",
        {
            "asked": asked,
            "read": read,
            "originals": [
                (name, image_url(_link(author, asked, read, sha256), at=at))
                for name, sha256 in (("Plate", read.patch_hash), ("Scene", read.overview_hash))
                if sha256 is not None
            ],
            "leaving": redacted(read, image_store(settings.SETTINGS)),
        },
    )


def leaving(
    request: HttpRequest, request_id: uuid.UUID, found_id: uuid.UUID, part: str
) -> HttpResponse:
    """The picture as it would leave: the plate, or the scene with all else painted over."""
    at = now()
    author = author_of(request)
    asked = request_or_404(request_id)
    read = _read_or_404(author, asked, found_id, at)
    made = redacted(read, image_store(settings.SETTINGS))
    content = {"plate": made.plate, "scene": made.scene}.get(part)
    if content is None:
        raise Http404
    record_view(author=author, read=read, at=at)
    response = HttpResponse(content, content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    return response


def _reads(count: int | None) -> str:
    return "1 read" if count == 1 else f"{count or 0} reads"


def _link(
    author: Author, asked: InformationRequest, read: FoundRead, sha256: bytes | memoryview
) -> ImageLink:
    return ImageLink(
        account_id=author.user.pk,
        sha256=bytes(sha256).hex(),
        purpose=f"{PURPOSE}:{asked.id}",
        captured_at=read.captured_at,
    )


def _read_or_404(
    author: Author, asked: InformationRequest, found_id: uuid.UUID, at: datetime
) -> FoundRead:
    for read in concerned(author=author, request=asked, at=at):
        if read.id == found_id:
            return read
    raise Http404


def _picked(request: HttpRequest) -> list[uuid.UUID]:
    found = []
    for text in request.POST.getlist("read"):
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found
