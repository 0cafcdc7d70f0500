"""What a case still lacks before it can be consulted on or decided. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

PARTS: Final[dict[str, str]] = {
    "place": "The place and the cameras' view",
    "need": "The need, ground by ground",
    "overlap": "Gaps and overlaps",
    "screening": "Privacy: screening questions",
    "assessment": "Privacy: full assessment",
    "consultation": "Whom to consult, and how",
    "public": "What the public is told",
    "outcome": "What was said, and what was changed",
}
ASSESSED: Final = ("place", "need", "screening", "assessment")
"""The parts that a sign-off is about: one that is changed afterwards takes the sign-off away."""

BEFORE_CONSULTING: Final = ("place", "need", "consultation", "public")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStanding:
    """How far a case is. ``complete``: whether the newest version of each part is.

    ``asks``: whether people are consulted (``None``: not said yet). ``covert``: one of its cameras
    stands at a site that takes a right of its own to know of.
    """

    complete: Mapping[str, bool]
    cameras: int
    evidence: int
    signed_off: bool
    asks: bool | None
    covert: bool
    needs_assessment: bool
    consults_from: datetime | None
    consults_until: datetime | None


def consulted(case: CaseStanding, *, at: datetime) -> bool:
    """Whether a consultation has been held and is over."""
    return case.consults_until is not None and case.consults_until <= at


def before_consulting(case: CaseStanding) -> tuple[str, ...]:
    """What must be done before the consultation opens, in words."""
    found = _unfinished(case, BEFORE_CONSULTING)
    if case.asks is False:
        found.append("The case says that nobody is consulted")
    if case.covert:
        found.append("A covert site is not put before the public: say why nobody is consulted")
    return (*found, *_cameras(case))


def before_deciding(case: CaseStanding, *, at: datetime) -> tuple[str, ...]:
    """What must be done before the case can be decided, in words."""
    wanted = ["place", "need", "overlap", "screening", "consultation"]
    if case.needs_assessment:
        wanted.append("assessment")
    if case.asks:
        wanted += ["public", "outcome"]
    found = _unfinished(case, wanted)
    if case.asks and not consulted(case, at=at):
        found.append("The consultation is not over")
    if not case.evidence:
        found.append("No evidence is attached")
    if not case.signed_off:
        found.append("The data protection officer has not signed off the assessment as it stands")
    return (*found, *_cameras(case))


def _unfinished(case: CaseStanding, wanted: tuple[str, ...] | list[str]) -> list[str]:
    return [
        f"Not completed: {PARTS[name][0].lower()}{PARTS[name][1:]}"
        for name in wanted
        if not case.complete.get(name, False)
    ]


def _cameras(case: CaseStanding) -> list[str]:
    return [] if case.cameras else ["No camera of the register is named"]
