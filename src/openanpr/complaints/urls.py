"""Addresses of the desk of complaints."""

from typing import Final

from openanpr.access.vocabulary import Role
from openanpr.complaints.views import desk, handling, letters, notes, showing
from openanpr.complaints.vocabulary import DESK, HANDLING
from openanpr.web.permissions import Permission, path_for

_READING: Final = Permission(roles=HANDLING)
_ACTING: Final = Permission(roles=HANDLING, methods=("GET", "POST"))
_DESK: Final = Permission(roles=DESK, methods=("GET", "POST"))
_LISTS: Final = frozenset({Role.LIST_MANAGER})

urlpatterns = [
    path_for("", desk.index, name="complaints", permission=_READING),
    path_for("new/", desk.new, name="complaint_new", permission=_DESK),
    path_for(
        "letters/", letters.texts, name="complaint_letters", permission=Permission(roles=DESK)
    ),
    path_for("letters/<slug:kind>/", letters.edit, name="complaint_letter_text", permission=_DESK),
    path_for("notes/", notes.notes, name="complaint_notes", permission=Permission(roles=_LISTS)),
    path_for(
        "notes/<uuid:note_id>/",
        notes.answer,
        name="complaint_note_answer",
        permission=Permission(roles=_LISTS, methods=("GET", "POST")),
    ),
    path_for("<uuid:complaint_id>/", showing.detail, name="complaint", permission=_READING),
    path_for("<uuid:complaint_id>/link/", handling.link, name="complaint_link", permission=_ACTING),
    path_for("<uuid:complaint_id>/note/", handling.note, name="complaint_note", permission=_ACTING),
    path_for(
        "<uuid:complaint_id>/correct/",
        handling.correct,
        name="complaint_correct",
        permission=_ACTING,
    ),
    path_for(
        "<uuid:complaint_id>/step/<slug:move>/",
        handling.step,
        name="complaint_step",
        permission=_ACTING,
    ),
    path_for(
        "<uuid:complaint_id>/letter/<slug:kind>.pdf",
        letters.letter,
        name="complaint_letter",
        permission=Permission(roles=HANDLING, methods=("POST",)),
    ),
    path_for(
        "<uuid:complaint_id>/file/<uuid:file_id>/",
        showing.file,
        name="complaint_file",
        permission=_READING,
    ),
]
