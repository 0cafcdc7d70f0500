"""Complaints on the calendar: the next letter, the answer, and notes that wait."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from openanpr.access.vocabulary import Role
from openanpr.complaints.models import Complaint, ComplaintNote
from openanpr.complaints.vocabulary import CLOSED, DESK, STANDARDS, State
from openanpr.web.deadlines import Asked, Deadline

NOTE_TIME: Final = timedelta(days=14)
_NEXT: Final = {
    State.RECEIVED.value: "Acknowledge the complaint {}",
    State.OPEN.value: "Tell the complainant of {} how far we are",
    State.WITH_STANDARDS.value: "Tell the complainant of {} how far we are",
}


def letters(asked: Asked) -> Iterable[Deadline]:
    """The next step of each complaint that is not closed."""
    waiting = Complaint.objects.exclude(state__in=[one.value for one in CLOSED])
    for row in waiting.filter(due_at__lte=asked.until).values(
        "id", "reference", "state", "due_at", "force__code"
    ):
        due_at = row["due_at"]
        if due_at is None:
            continue
        yield Deadline(
            key=f"complaint.next:{row['id']}:{due_at:%Y%m%d}",
            sentence=_NEXT[row["state"]].format(row["reference"]),
            due_at=due_at,
            url_name="complaint",
            url_kwargs={"complaint_id": row["id"]},
            roles=STANDARDS if row["state"] == State.WITH_STANDARDS else DESK,
            force=row["force__code"],
        )


def answers(asked: Asked) -> Iterable[Deadline]:
    """When the whole should be answered."""
    waiting = Complaint.objects.exclude(state__in=[one.value for one in CLOSED])
    for row in waiting.filter(answer_by__lte=asked.until).values(
        "id", "reference", "state", "answer_by", "force__code"
    ):
        yield Deadline(
            key=f"complaint.answer:{row['id']}",
            sentence=f"Answer the complaint {row['reference']}",
            due_at=row["answer_by"],
            url_name="complaint",
            url_kwargs={"complaint_id": row["id"]},
            roles=STANDARDS if row["state"] == State.WITH_STANDARDS else DESK,
            force=row["force__code"],
        )


def notes(asked: Asked) -> Iterable[Deadline]:
    """Notes that nobody who keeps a list has answered."""
    waiting = ComplaintNote.objects.filter(answered_at=None, at__lte=asked.until - NOTE_TIME)
    for row in waiting.values("id", "at", "complaint__reference", "complaint__force__code"):
        yield Deadline(
            key=f"complaint.note:{row['id']}",
            sentence=f"Answer the note of the complaint {row['complaint__reference']} about a list",
            due_at=row["at"] + NOTE_TIME,
            url_name="complaint_notes",
            roles=frozenset({Role.LIST_MANAGER}),
            force=row["complaint__force__code"],
        )


DEADLINES: Final = (letters, answers, notes)
