"""Which of an investigation's grants open one stretch of captures, and how far."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from openanpr.access import rules
from openanpr.access.bands import Slice
from openanpr.access.facts import Actor, GrantFacts
from openanpr.access.profile import Band, Profile
from openanpr.access.vocabulary import Reason

Marks = frozenset[str] | None
_NOT_THE_RANK = frozenset({Reason.RANK_TOO_LOW, Reason.SELF_AUTHORISED, Reason.OWN_UNIT_AUTHORISED})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Marks and areas that a question reaches for; ``None``: any."""

    vrms: Marks
    camera_areas: Marks

    def narrowed(self, *, vrms: Marks, camera_areas: Marks) -> "Wanted | None":
        """Both restrictions together; ``None`` when nothing is left."""
        left = Wanted(both(self.vrms, vrms), both(self.camera_areas, camera_areas))
        return None if left.is_nothing else left

    @property
    def is_nothing(self) -> bool:
        """Whether it names a set with nothing in it."""
        return any(one is not None and not one for one in (self.vrms, self.camera_areas))

    def covers(self, other: "Wanted") -> bool:
        """Whether everything in the other is in this one."""
        return includes(self.vrms, other.vrms) and includes(self.camera_areas, other.camera_areas)


@dataclass(frozen=True, slots=True)
class Opened:
    """What one grant opens of the question (``grant_id`` is ``None`` where none was needed)."""

    grant_id: str | None
    wanted: Wanted


def both(one: Marks, other: Marks) -> Marks:
    """The intersection, where ``None`` restricts nothing."""
    if one is None:
        return other
    return one if other is None else one & other


def includes(outer: Marks, inner: Marks) -> bool:
    """Whether ``outer`` holds all of ``inner``."""
    return outer is None or (inner is not None and inner <= outer)


def opened_by_grants(
    wanted: Wanted,
    piece: Slice,
    band: Band,
    *,
    grants: Iterable[GrantFacts],
    actor: Actor,
    profile: Profile,
    at: datetime,
) -> tuple[tuple[Opened, ...], rules.Findings]:
    """What the grants open here; where they open nothing, every reason why.

    Grants unite. One whose reach lies within another's is left out, so the smallest number is
    named.
    """
    opened: list[Opened] = []
    failed: list[rules.Findings] = []
    for grant in sorted(grants, key=lambda one: one.grant_id):
        left = wanted.narrowed(vrms=grant.vrms, camera_areas=grant.camera_areas)
        findings = (
            *rules.grant_life(grant, profile=profile, at=at),
            *rules.grant_authority(grant, band, actor=actor, profile=profile),
            *rules.grant_reach(grant, piece, actor=actor),
        )
        if left is None:
            findings += rules.denied(Reason.OUTSIDE_AUTHORISATION, "house.authorisation-scope")
        if findings:
            failed.append(findings)
        elif left is not None:
            opened.append(Opened(grant.grant_id, left))
    if opened:
        return _without_redundant(opened), rules.PASSED
    return (), _why_none(failed, band)


def covered(wanted: Wanted, opened: Iterable[Opened]) -> bool:
    """Whether the opened parts together hold everything that is wanted, cell by cell."""
    parts = tuple(opened)
    return all(
        any(part.wanted.covers(Wanted(vrm, area)) for part in parts)
        for vrm in _cells(wanted.vrms)
        for area in _cells(wanted.camera_areas)
    )


def _cells(names: Marks) -> tuple[Marks, ...]:
    return (None,) if names is None else tuple(frozenset({name}) for name in sorted(names))


def _without_redundant(opened: list[Opened]) -> tuple[Opened, ...]:
    kept: list[Opened] = []
    for one in opened:
        if any(other.wanted.covers(one.wanted) for other in kept):
            continue
        kept = [other for other in kept if not one.wanted.covers(other.wanted)]
        kept.append(one)
    return tuple(kept)


def _why_none(failed: list[rules.Findings], band: Band) -> rules.Findings:
    """Every grant's failings; and a new one is asked for, unless only the rank failed."""
    needed = rules.authority(band, rank=None, is_self=None)
    nearly = any(
        findings and {one.reason for one in findings} <= _NOT_THE_RANK for findings in failed
    )
    return rules.united(failed if nearly else [needed, *failed])
