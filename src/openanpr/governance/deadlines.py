"""What falls due on cases: consultations that end, cases that await a decision."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from openanpr.access.vocabulary import Role
from openanpr.governance.models import CameraCase
from openanpr.governance.vocabulary import CaseState
from openanpr.web.deadlines import Asked, Deadline

DECIDED_WITHIN: Final = timedelta(days=28)
"""A case that waits longer for its decision is overdue."""


def consultations(asked: Asked) -> Iterable[Deadline]:
    """Consultations whose outcome is to be written once they end."""
    if not asked.is_for(Role.CAMERA_MANAGER):
        return
    rows = CameraCase.objects.filter(
        state=CaseState.CONSULTING, consults_until__lte=asked.until
    ).order_by("id")
    for row in rows.only("id", "reference", "force", "consults_until"):
        if row.consults_until is None:
            continue
        yield Deadline(
            key=f"case.consultation:{row.id}",
            sentence=f"The consultation on the case {row.reference} ends: write its outcome",
            consequence="The case cannot be decided before.",
            due_at=row.consults_until,
            url_name="camera_case",
            url_kwargs={"case_id": row.id},
            roles=frozenset({Role.CAMERA_MANAGER}),
            force=row.force_id,
        )


def decisions(asked: Asked) -> Iterable[Deadline]:
    """Cases that await a decision."""
    if not asked.is_for(Role.AUTHORISER):
        return
    rows = CameraCase.objects.filter(
        state=CaseState.SUBMITTED, state_changed_at__lte=asked.until - DECIDED_WITHIN
    ).order_by("id")
    for row in rows.only("id", "reference", "force", "state_changed_at"):
        yield Deadline(
            key=f"case.decision:{row.id}",
            sentence=f"The case {row.reference} awaits a decision",
            consequence="Its cameras collect nothing until then.",
            due_at=row.state_changed_at + DECIDED_WITHIN,
            url_name="camera_case",
            url_kwargs={"case_id": row.id},
            roles=frozenset({Role.AUTHORISER}),
            force=row.force_id,
        )


DEADLINES: Final = (consultations, decisions)
