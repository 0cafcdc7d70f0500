"""Marks that passed the same cameras shortly before or after a vehicle did.

What it says is company on the road, not association: how much of it chance and commuting explain
is said by `openanpr.search.analysis.company`.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from psycopg.types.multirange import Multirange
from psycopg.types.range import Range

from openanpr.search.analysis.company import Passing
from openanpr.search.store.found import FoundRead
from openanpr.search.store.live import LivePart, search_session

# Estimates of how many reads lie in a minute at a camera are poor, and a plan that reads a whole
# week for them is slow: what is good is the loop over the passes through the index on camera and
# time.
_LOOP: Final = "select " + ", ".join(
    f"set_config('enable_{way}', 'off', true)"
    for way in ("hashjoin", "mergejoin", "seqscan", "bitmapscan", "material")
)
_NEAR: Final = (
    "with near as materialized ("
    "  select p.n, r.vrm, r.captured_at, r.camera_id, r.id "
    "  from unnest(%s::int[], %s::int[], %s::timestamptz[], %s::timestamptz[]) "
    "    as p (n, camera_id, low, high) "
    "  join {reads} r on r.camera_id = p.camera_id "
    "    and r.captured_at >= p.low and r.captured_at < p.high "
    "  where r.captured_at >= %s and r.captured_at < %s and r.vrm <> all (%s::text[]) "
    "    and (%s::text[] is null or r.vrm = any (%s::text[]))"
    "), kept as (select vrm from near group by vrm having count(distinct n) >= %s) "
    "select near.n, near.vrm, near.captured_at, near.camera_id, near.id, "
    "  (select count(distinct vrm) from near) "
    "from near join kept on kept.vrm = near.vrm"
)
_AROUND: Final = (
    "select r.vrm, r.captured_at, r.camera_id from {reads} r "
    "where r.vrm = any (%s::text[]) and r.camera_id = any (%s::int[]) "
    "and r.captured_at >= %s and r.captured_at < %s and r.captured_at <@ %s::tstzmultirange"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One pass of the vehicle and the nearest read of a companion at the same camera.

    ``gap`` is the companion's time less the vehicle's: negative where the companion came first.
    """

    read_id: uuid.UUID
    of_read_id: uuid.UUID
    camera_id: int
    captured_at: datetime
    gap: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """A mark and the passes in whose company it was read, oldest first; each pass counts once."""

    vrm: str
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """The companions, and how many marks were near the vehicle at all, at one pass or more."""

    companions: tuple[Companion, ...] = ()
    looked_at: int = 0


def windows_of(
    passes: Sequence[FoundRead], *, within: timedelta
) -> tuple[tuple[datetime, datetime], ...]:
    """The stretches of time around the passes that company is looked for in."""
    return tuple((one.captured_at - within, one.captured_at + within + _TICK) for one in passes)


_TICK: Final = timedelta(microseconds=1)


def companions(
    parts: Sequence[LivePart],
    passes: Sequence[FoundRead],
    *,
    within: timedelta,
    at_least: int,
    limit: int,
) -> Near:
    """The marks read within ``within`` of at least ``at_least`` of the passes, most passes first.

    Marks of the passes themselves are left out. At most ``limit`` marks.
    """
    nearest: dict[str, dict[int, Meeting]] = {}
    # With one part the database can leave out those that met too seldom; with more nobody can yet.
    enough = at_least if len(parts) == 1 else 1
    looked_at = 0
    for part in parts:
        for number, vrm, captured_at, camera_id, read_id, many in _near(
            part, passes, within, enough
        ):
            looked_at = many
            one = passes[number]
            meeting = Meeting(
                read_id=read_id,
                of_read_id=one.id,
                camera_id=camera_id,
                captured_at=captured_at,
                gap=captured_at - one.captured_at,
            )
            met = nearest.setdefault(vrm, {})
            if number not in met or _closeness(meeting) < _closeness(met[number]):
                met[number] = meeting
    often = sorted(
        ((-len(met), vrm) for vrm, met in nearest.items() if len(met) >= at_least),
    )[:limit]
    marks = tuple(
        Companion(
            vrm=vrm,
            meetings=tuple(sorted(nearest[vrm].values(), key=lambda one: one.captured_at)),
        )
        for _, vrm in often
    )
    return Near(companions=marks, looked_at=looked_at if len(parts) == 1 else len(nearest))


def passings_of(part: LivePart, vrms: Sequence[str]) -> dict[str, list[Passing]]:
    """The reads of these marks at the part's cameras and in its windows, both of which it names."""
    found: dict[str, list[Passing]] = {vrm: [] for vrm in vrms}
    if part.is_nothing or not vrms:
        return found
    windows = Multirange([Range(start, end) for start, end in part.windows or ()])
    values: list[Any] = [list(vrms), list(part.camera_ids or ()), part.start, part.end, windows]
    with search_session(part.id) as cursor:
        cursor.execute(_AROUND.format(reads=part.reads), values)
        for vrm, captured_at, camera_id in cursor.fetchall():
            found[vrm].append(Passing(captured_at, camera_id))
    return found


def _closeness(meeting: Meeting) -> tuple[timedelta, str]:
    return abs(meeting.gap), str(meeting.read_id)


def _near(
    part: LivePart, passes: Sequence[FoundRead], within: timedelta, at_least: int
) -> list[tuple[int, str, datetime, int, uuid.UUID, int]]:
    if part.is_nothing or not passes:
        return []
    windows = windows_of(passes, within=within)
    own = sorted({one.vrm for one in passes})
    marks = None if part.vrms is None else sorted(part.vrms)
    values: list[Any] = [
        list(range(len(passes))),
        [one.camera_id for one in passes],
        [low for low, _ in windows],
        [high for _, high in windows],
        part.start,
        part.end,
        own,
        marks,
        marks,
        at_least,
    ]
    with search_session(part.id) as cursor:
        cursor.execute(_LOOP)
        cursor.execute(_NEAR.format(reads=part.reads), values)
        return list(cursor.fetchall())
