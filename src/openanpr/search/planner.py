"""From the scope that a decision allows to the live searches that open exactly that."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from openanpr.access.scope import Scope, ScopePart
from openanpr.access.vocabulary import SearchKind
from openanpr.cameras.models import Camera
from openanpr.cameras.queries import camera_ids_in_areas, covert_cameras
from openanpr.search.near import closed_cameras
from openanpr.search.store import LivePart
from openanpr.wire.ids import uuid7

_IN_TWO_STEPS: Final = frozenset({SearchKind.NEAR, SearchKind.PART, SearchKind.CONVOY})
_NOWHERE: Final = ()

Windows = tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One part of the scope with the cameras it may see (``None``: any) and its live searches.

    Where a kind looks again, the next live search is opened with what the last found; all ids stand
    in the audit before anything is looked at.
    """

    scope: Scope
    part: ScopePart
    camera_ids: tuple[int, ...] | None
    first_id: uuid.UUID
    second_id: uuid.UUID | None
    third_id: uuid.UUID | None = None

    @property
    def ids(self) -> tuple[uuid.UUID, ...]:
        """Every live search that this part may open."""
        every = (self.first_id, self.second_id, self.third_id)
        return tuple(one for one in every if one is not None)

    def first(self, *, windows: Windows | None = None) -> LivePart:
        """What the first look may see. Asking which marks there are opens no read."""
        scope = self.scope
        asks_for_marks = scope.pattern is not None or scope.near is not None
        vrms = self.part.vrms
        if scope.companions_of is not None:
            target = frozenset({scope.companions_of})
            vrms = target if vrms is None else vrms & target
        return LivePart(
            id=self.first_id,
            start=self.part.start,
            end=self.part.end,
            vrms=vrms,
            camera_ids=_NOWHERE if asks_for_marks else self.camera_ids,
            windows=windows,
            pattern=scope.pattern,
            near=scope.near,
            held=self.part.held_only,
        )

    def of_marks(self, vrms: Iterable[str]) -> LivePart:
        """The second look of a search that asked which marks fit: the reads of those."""
        marks = frozenset(vrms)
        return LivePart(
            id=self._second(),
            start=self.part.start,
            end=self.part.end,
            vrms=marks if self.part.vrms is None else marks & self.part.vrms,
            camera_ids=self.camera_ids,
            pattern=self.scope.pattern,
            near=self.scope.near,
            held=self.part.held_only,
        )

    def around(self, camera_ids: Iterable[int], windows: Windows) -> LivePart:
        """The second look of a search for company: around those passes and nowhere else."""
        cameras = set(camera_ids)
        if self.camera_ids is not None:
            cameras &= set(self.camera_ids)
        return LivePart(
            id=self._second(),
            start=self.part.start,
            end=self.part.end,
            vrms=self.part.vrms,
            camera_ids=tuple(sorted(cameras)),
            windows=windows,
            held=self.part.held_only,
        )

    def of_companions(self, near: LivePart, vrms: Iterable[str], windows: Windows) -> LivePart:
        """The third look of a search for company: what else its marks did around those passes."""
        if self.third_id is None:
            raise ValueError("this kind of search looks less often")
        marks = frozenset(vrms)
        return replace(
            near,
            id=self.third_id,
            vrms=marks if near.vrms is None else marks & near.vrms,
            windows=windows,
        )

    def _second(self) -> uuid.UUID:
        if self.second_id is None:
            raise ValueError("this kind of search looks once")
        return self.second_id


def plan(scope: Scope) -> tuple[Planned, ...]:
    """One plan for each part of the scope, oldest first."""
    return tuple(
        Planned(
            scope=scope,
            part=part,
            camera_ids=camera_ids,
            first_id=uuid7(),
            second_id=uuid7() if scope.kind in _IN_TWO_STEPS else None,
            third_id=uuid7() if scope.kind is SearchKind.CONVOY else None,
        )
        for part, camera_ids in _joined([(part, _cameras(scope, part)) for part in scope.parts])
    )


Seen = tuple[ScopePart, tuple[int, ...] | None]


def _joined(parts: Iterable[Seen]) -> list[Seen]:
    """Neighbours that differ by what is closed near sensitive places, where no camera is."""
    found: list[Seen] = []
    for part, camera_ids in parts:
        last = found[-1] if found else None
        if last and last[0].end == part.start and last[1] == camera_ids:
            grown = replace(last[0], end=part.end, closed_near=part.closed_near)
            if grown == replace(part, start=last[0].start):
                found[-1] = (grown, camera_ids)
                continue
        found.append((part, camera_ids))
    return found


def _cameras(scope: Scope, part: ScopePart) -> tuple[int, ...] | None:
    """The cameras that this part may see; ``None`` where nothing restricts them."""
    allowed: frozenset[int] | None = None
    if part.camera_areas is not None:
        allowed = camera_ids_in_areas(part.camera_areas)
    if scope.camera_ids is not None:
        wanted = frozenset(int(camera) for camera in scope.camera_ids)
        allowed = wanted if allowed is None else allowed & wanted
    if not scope.include_covert:
        allowed = _without(_covert(), allowed)
    allowed = _without(closed_cameras(scope, part), allowed)
    return None if allowed is None else tuple(sorted(allowed))


def _covert() -> frozenset[int]:
    return frozenset(covert_cameras().values_list("id", flat=True))


def _without(left_out: frozenset[int], allowed: frozenset[int] | None) -> frozenset[int] | None:
    if not left_out:
        return allowed
    if allowed is None:
        allowed = frozenset(Camera.objects.values_list("id", flat=True))
    return allowed - left_out
