"""What was done to a camera, as its page shows it: steps of its state, rows of its authority."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openanpr.cameras.authority import KIND_NAMES, Kind
from openanpr.cameras.gaps import ALWAYS
from openanpr.cameras.models import Camera
from openanpr.cameras.vocabulary import STATE_NAMES, CameraState

_MOVES: Final[dict[str, str]] = {
    "enter": "Entered in the register",
    "approve": "Approved",
    "inherit": "Taken over as it was, in service",
    "go-live": "Put live",
    "suspend": "Suspended",
    "resume": "Put live again",
    "retire": "Retired",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One change of state: what, who, when and why."""

    what: str
    state: str
    who: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityLine:
    """One row of the camera's authority; without ``valid_from`` it goes back to before."""

    what: str
    case_reference: str
    valid_from: datetime | None
    review_due_at: datetime | None
    ends_at: datetime | None
    conditions: str
    who: str
    reason: str


def step_lines(camera: Camera) -> list[StepLine]:
    """Every change of the camera's state, the newest first."""
    return [
        StepLine(
            what=_MOVES[row.move],
            state=STATE_NAMES[CameraState(row.target)],
            who=row.name,
            at=row.at,
            reason=row.reason,
        )
        for row in camera.steps.order_by("-sequence")
    ]


def authority_lines(camera: Camera) -> list[AuthorityLine]:
    """Every row of the camera's authority, the newest first."""
    return [
        AuthorityLine(
            what=KIND_NAMES[Kind(row.kind)],
            case_reference=row.case_reference,
            valid_from=row.valid_from if row.valid_from > ALWAYS else None,
            review_due_at=row.review_due_at,
            ends_at=row.ends_at,
            conditions=row.conditions,
            who=row.name,
            reason=row.reason,
        )
        for row in camera.authorities.order_by("-sequence")
    ]
