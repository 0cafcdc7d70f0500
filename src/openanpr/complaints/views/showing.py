"""One complaint: what was said, what was done, what it concerns."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.complaints import queries
from openanpr.complaints.models import Complaint
from openanpr.complaints.presenters import shown_complaint
from openanpr.complaints.services.moving import moves_for
from openanpr.complaints.services.showing import record_view, take_file
from openanpr.investigations.services.author import Author
from openanpr.investigations.views.author import author_of
from openanpr.postbox.files import TYPES
from openanpr.postbox.models import PostboxFile
from openanpr.web.clock import now


def detail(request: HttpRequest, complaint_id: uuid.UUID) -> HttpResponse:
    """Everything about it, for those who handle it; opening it is written down first."""
    author = author_of(request)
    complaint = complaint_or_404(author, complaint_id)
    at = now()
    record_view(author=author, complaint=complaint, at=at)
    moves = moves_for(author.actor, complaint, at=at)
    return render(request, "complaints/detail.html", shown_complaint(complaint, moves, at=at))


def file(request: HttpRequest, complaint_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """A file that came with it, to download; never shown inside a page."""
    author = author_of(request)
    complaint = complaint_or_404(author, complaint_id)
    found = PostboxFile.objects.filter(id=file_id, about=f"complaint:{complaint.id}").first()
    if found is None:
        raise Http404
    content = take_file(author=author, complaint=complaint, file=found, at=now())
    return download(content, name=found.name, content_type=TYPES[found.kind])


def download(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    """A file that a browser saves and does not run."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = _disposition(name)
    return response


def _disposition(name: str) -> str:
    plain = "".join(one if one.isascii() and one not in '"\\' else "_" for one in name)
    return f'attachment; filename="{plain}"'


def complaint_or_404(author: Author, complaint_id: uuid.UUID) -> Complaint:
    """One that this person handles; for everybody else there is no such page."""
    found = queries.complaint_for(author.actor, complaint_id)
    if found is None:
        raise Http404
    return found
