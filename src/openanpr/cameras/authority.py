"""A camera's authority to collect: what gives it, until when, and what ends it. Pure.

An authority is a row that is never changed, only followed by another. From the rows come stretches
of time; a camera collects in them and at no other moment, whoever has or has not looked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a row of a camera's authority says."""

    INHERITED = "inherited"
    DECIDED = "decided"
    RENEWED = "renewed"
    OTHER_FORCE = "other-force"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


KIND_NAMES: Final[dict[Kind, str]] = {
    Kind.INHERITED: "Inherited: it was in service before cases were kept here",
    Kind.DECIDED: "Its case was decided",
    Kind.RENEWED: "Renewed by a review",
    Kind.OTHER_FORCE: "Decided by the force that it belongs to",
    Kind.WITHDRAWN: "Withdrawn",
    Kind.LAPSED: "Lapsed",
}
_ENDING: Final = frozenset({Kind.WITHDRAWN, Kind.LAPSED})


class Ending(StrEnum):
    """What ends a stretch of authority."""

    REVIEW = "review-lapsed"
    DEPLOYMENT = "deployment-over"
    WITHDRAWN = "withdrawn"
    NEVER_GIVEN = "never-given"


ENDING_WORDS: Final[dict[Ending, str]] = {
    Ending.REVIEW: "its review was not done in time",
    Ending.DEPLOYMENT: "its temporary deployment is over",
    Ending.WITHDRAWN: "its authority was withdrawn",
    Ending.NEVER_GIVEN: "its case has not been decided",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One row: from ``valid_from`` on, to the earlier of review and end of deployment."""

    kind: Kind
    valid_from: datetime
    review_due_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """``[start, end)`` in which a camera may collect; without ``end`` it goes on."""

    start: datetime
    end: datetime | None = None
    ending: Ending | None = None

    def holds(self, moment: datetime) -> bool:
        """Whether the moment lies in it."""
        return self.start <= moment and (self.end is None or moment < self.end)


Authority = tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whether a camera may collect at a moment; until when, or since when not, and why."""

    collects: bool
    end: datetime | None
    ending: Ending | None


def stretches(grants: Sequence[Grant]) -> Authority:
    """The stretches that the rows give, oldest first; those that touch are one."""
    found: list[Stretch] = []
    for number, grant in enumerate(grants):
        if grant.kind in _ENDING:
            continue
        after = grants[number + 1] if number + 1 < len(grants) else None
        one = _stretch(grant, after)
        if one.end is not None and one.end <= one.start:
            continue
        if found and found[-1].end == one.start:
            one = replace(one, start=found.pop().start)
        found.append(one)
    return tuple(found)


def standing(authority: Authority, *, at: datetime) -> Standing:
    """How the camera stands at ``at``."""
    for stretch in authority:
        if stretch.holds(at):
            return Standing(collects=True, end=stretch.end, ending=stretch.ending)
    over = [one for one in authority if one.end is not None and one.end <= at]
    if not over:
        return Standing(collects=False, end=None, ending=Ending.NEVER_GIVEN)
    return Standing(collects=False, end=over[-1].end, ending=over[-1].ending)


def covers(authority: Iterable[Stretch], moment: datetime) -> bool:
    """Whether the camera might collect at that moment."""
    return any(stretch.holds(moment) for stretch in authority)


def _stretch(grant: Grant, after: Grant | None) -> Stretch:
    ends = [(grant.ends_at, Ending.DEPLOYMENT), (grant.review_due_at, Ending.REVIEW)]
    # A row that follows ends this one; what gives authority again begins where this one is cut.
    if after is not None:
        ends.append((after.valid_from, Ending.WITHDRAWN))
    known = [(end, ending) for end, ending in ends if end is not None]
    if not known:
        return Stretch(grant.valid_from)
    end, ending = min(known, key=lambda one: one[0])
    return Stretch(grant.valid_from, end, ending)
