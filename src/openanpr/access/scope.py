"""What an allowed search may touch. A search is built from a ``Scope`` and from nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from openanpr.access.profile import NearRule
from openanpr.access.vocabulary import Category, PlaceKind, SearchKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopePart:
    """One period with its restrictions: all of them hold together (they intersect).

    Captures with ``start <= captured_at < end``; ``vrms`` and ``camera_areas`` are ``None`` where
    nothing restricts them. ``held_only``: only rows held for the scope's investigation.
    ``closed_near``: cameras near a sensitive place of these kinds are left out.
    """

    start: datetime
    end: datetime
    band: str
    vrms: frozenset[str] | None
    camera_areas: frozenset[str] | None
    grant_id: str | None = None
    held_only: bool = False
    closed_near: frozenset[PlaceKind] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The union of the allowed parts, with what holds for all of them.

    ``pattern``, ``near``, ``companions_of`` and ``camera_ids`` are the asker's own restrictions, as
    in the query, and narrow every part further. ``no_pictures_near``: pictures of cameras near a
    sensitive place of these kinds are not shown; ``near_rules`` say what near is.
    """

    kind: SearchKind

    parts: tuple[ScopePart, ...]
    investigation_reference: str
    category: Category
    profile: str
    decided_at: datetime
    row_limit: int
    show_location: bool
    show_images: bool
    include_covert: bool
    pattern: str | None = None
    near: str | None = None
    companions_of: str | None = None
    camera_ids: frozenset[str] | None = None
    no_pictures_near: frozenset[PlaceKind] = frozenset()
    near_rules: Mapping[PlaceKind, NearRule] = field(default_factory=dict, hash=False)

    @property
    def periods(self) -> tuple[tuple[datetime, datetime], ...]:
        """The periods that any part opens, oldest first; those that touch or overlap are joined."""
        return joined((part.start, part.end) for part in self.parts)

    @property
    def vrms(self) -> frozenset[str] | None:
        """Every mark that some part opens; ``None`` when a part is not limited to marks."""
        return _union([part.vrms for part in self.parts])

    @property
    def camera_areas(self) -> frozenset[str] | None:
        """Every area that some part opens; ``None`` when a part is not limited to areas."""
        return _union([part.camera_areas for part in self.parts])


def joined(
    periods: Iterable[tuple[datetime, datetime]],
) -> tuple[tuple[datetime, datetime], ...]:
    """The periods, oldest first; those that touch or overlap are made one."""
    found: list[tuple[datetime, datetime]] = []
    for start, end in sorted(periods):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _union(sets: list[frozenset[str] | None]) -> frozenset[str] | None:
    united: frozenset[str] = frozenset()
    for one in sets:
        if one is None:
            return None
        united |= one
    return united
