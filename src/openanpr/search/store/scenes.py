"""Marks that were read at two or more scenes.

Two steps, so that scenes that lie in different allowed parts can be compared, and so that every
statement runs on a distributed store: which marks were at each scene, then the reads of those that
were at enough of them.
"""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from openanpr.search.store.found import COLUMNS, FoundRead, found
from openanpr.search.store.live import LivePart, search_session

_AT: Final = (
    "select %s::int, r.vrm from {reads} r "
    "where r.camera_id = any (%s::int[]) and r.captured_at >= %s and r.captured_at < %s "
    "and (%s::text[] is null or r.vrm = any (%s::text[])) group by r.vrm"
)
_READS: Final = (
    f"select %s::int, {COLUMNS} from {{reads}} r "  # noqa: S608 - constants
    "where r.vrm = any (%s::text[]) and r.camera_id = any (%s::int[]) "
    "and r.captured_at >= %s and r.captured_at < %s"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A place and its time: captures with ``start <= captured_at < end`` at these cameras."""

    camera_ids: frozenset[int]
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonMark:
    """A mark and its reads at the scenes, oldest first, each with the number of its scene."""

    vrm: str
    visits: tuple[tuple[int, FoundRead], ...]

    @property
    def scenes(self) -> frozenset[int]:
        """The numbers of the scenes at which it was read."""
        return frozenset(number for number, _ in self.visits)


def common(
    parts: Sequence[LivePart], scenes: Sequence[Scene], *, at_least: int, limit: int
) -> list[CommonMark]:
    """The marks read at ``at_least`` of the scenes: most scenes first, at most ``limit`` marks.

    The parts must name their cameras. Scenes are numbered from 0 in their order.
    """
    at_scene = marks_at(parts, scenes)
    times = Counter(vrm for marks in at_scene for vrm in marks)
    chosen = sorted((-many, vrm) for vrm, many in times.items() if many >= at_least)[:limit]
    marks = frozenset(vrm for _, vrm in chosen)
    if not marks:
        return []
    visits: dict[str, dict[tuple[int, uuid.UUID], FoundRead]] = {vrm: {} for _, vrm in chosen}
    for part in parts:
        for number, *row in _ask(part, scenes, _READS, marks):
            read = found(tuple(row))
            visits[read.vrm][number, read.id] = read
    return [
        CommonMark(
            vrm=vrm,
            visits=tuple(
                sorted(
                    ((number, read) for (number, _), read in seen.items()),
                    key=lambda visit: (visit[1].captured_at, visit[0]),
                )
            ),
        )
        for vrm, seen in visits.items()
    ]


def marks_at(parts: Sequence[LivePart], scenes: Sequence[Scene]) -> list[set[str]]:
    """The marks that were read at each scene. The parts must name their cameras."""
    at_scene = [set[str]() for _ in scenes]
    for part in parts:
        for number, vrm in _ask(part, scenes, _AT, part.vrms):
            at_scene[number].add(vrm)
    return at_scene


def _ask(
    part: LivePart, scenes: Sequence[Scene], statement: str, vrms: frozenset[str] | None
) -> list[tuple[Any, ...]]:
    """The statement for every scene that has cameras and time in the part."""
    marks = None if vrms is None else sorted(vrms)
    branches: list[str] = []
    values: list[Any] = []
    for number, scene in enumerate(scenes):
        cameras = sorted(scene.camera_ids & set(part.camera_ids or ()))
        start, end = max(scene.start, part.start), min(scene.end, part.end)
        if not cameras or start >= end:
            continue
        branches.append(f"({statement})")
        if statement is _AT:
            values += [number, cameras, start, end, marks, marks]
        else:
            values += [number, marks, cameras, start, end]
    if not branches or part.is_nothing:
        return []
    with search_session(part.id) as cursor:
        cursor.execute(" union all ".join(branches).format(reads=part.reads), values)
        return list(cursor.fetchall())
