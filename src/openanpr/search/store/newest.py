"""The newest reads of marks or at cameras: by stretches of time, longer the older, until enough.

A part may reach over years of weekly partitions; most questions are answered by the youngest of
them, and no statement sorts more than a stretch.
"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from openanpr.search.store.found import COLUMNS, FoundRead, found
from openanpr.search.store.live import LivePart, search_session
from openanpr.search.store.marks import SeenMark

_OF_MARKS: Final = (
    f"select {COLUMNS} from {{reads}} r "  # noqa: S608 - constants
    "where r.vrm = any (%s::text[]) and r.captured_at >= %s and r.captured_at < %s "
    "and (%s::int[] is null or r.camera_id = any (%s::int[])) "
    "and (%s::timestamptz is null or (r.captured_at, r.id) < (%s, %s)) "
    "order by r.captured_at desc, r.id desc limit %s"
)
_AT_CAMERAS: Final = (
    f"select {COLUMNS} from {{reads}} r "  # noqa: S608 - constants
    "where r.camera_id = any (%s::int[]) and r.captured_at >= %s and r.captured_at < %s "
    "and (%s::text[] is null or r.vrm = any (%s::text[])) "
    "and (%s::timestamptz is null or (r.captured_at, r.id) < (%s, %s)) "
    "order by r.captured_at desc, r.id desc limit %s"
)
_MONTH: Final = timedelta(weeks=4)
_HOUR: Final = timedelta(hours=1)
_MONDAY: Final = timedelta(days=4)  # 1 January 1970 was a Thursday


@dataclass(frozen=True, slots=True)
class Before:
    """Where the last page ended: only reads older than this one, ties by id."""

    captured_at: datetime
    id: uuid.UUID


def history(
    live: LivePart,
    *,
    limit: int,
    seen: Sequence[SeenMark] = (),
    before: Before | None = None,
) -> list[FoundRead]:
    """The reads of the part's marks, newest first, at most ``limit``.

    The part must name its marks. ``seen`` says when each was first and last read, where that is
    known: a stretch then looks only for those that were.
    """
    spans = {one.vrm: (one.first_seen, one.last_seen) for one in seen}
    cameras = None if live.camera_ids is None else list(live.camera_ids)

    def wanted(start: datetime, end: datetime) -> list[str]:
        marks = sorted(live.vrms or ())
        if not spans:
            return marks
        return [one for one in marks if one in spans and _overlap(spans[one], start, end)]

    def ask(start: datetime, end: datetime, left: int) -> tuple[str, list[Any]] | None:
        marks = wanted(start, end)
        if not marks:
            return None
        return _OF_MARKS, [marks, start, end, cameras, cameras, *_cursor(before), left]

    return _newest(live, ask, first=_MONTH, limit=limit, before=before)


def passages(live: LivePart, *, limit: int, before: Before | None = None) -> list[FoundRead]:
    """The reads at the part's cameras, newest first, at most ``limit``.

    The part must name its cameras.
    """
    cameras = list(live.camera_ids or ())
    marks = None if live.vrms is None else sorted(live.vrms)

    def ask(start: datetime, end: datetime, left: int) -> tuple[str, list[Any]] | None:
        return _AT_CAMERAS, [cameras, start, end, marks, marks, *_cursor(before), left]

    return _newest(live, ask, first=_HOUR, limit=limit, before=before)


_Ask = Callable[[datetime, datetime, int], tuple[str, list[Any]] | None]


def _newest(
    live: LivePart, ask: _Ask, *, first: timedelta, limit: int, before: Before | None
) -> list[FoundRead]:
    reads: list[FoundRead] = []
    if live.is_nothing:
        return reads
    end = live.end
    if before is not None:
        end = min(end, before.captured_at + timedelta(microseconds=1))
    with search_session(live.id) as cursor:
        for low, high in stretches(live.start, end, first=first):
            question = ask(low, high, limit - len(reads))
            if question is None:
                continue
            statement, values = question
            cursor.execute(statement.format(reads=live.reads), values)
            reads += [found(row) for row in cursor.fetchall()]
            if len(reads) >= limit:
                break
    return reads


def stretches(
    start: datetime, end: datetime, *, first: timedelta
) -> Iterator[tuple[datetime, datetime]]:
    """``[start, end)`` in half-open stretches, newest first, each four times as long as the last.

    Where ``first`` is a week or more they begin on Mondays (UTC), as the partitions of reads do.
    """
    length = first
    while start < end:
        low = end - length
        if first >= timedelta(weeks=1):
            low = _monday(low)
        low = max(low, start)
        yield low, end
        end = low
        length *= 4


def _monday(moment: datetime) -> datetime:
    epoch = datetime.fromtimestamp(0, tz=moment.tzinfo) + _MONDAY
    return epoch + (moment - epoch) // timedelta(weeks=1) * timedelta(weeks=1)


def _overlap(span: tuple[datetime, datetime], start: datetime, end: datetime) -> bool:
    first, last = span
    return first < end and last >= start


def _cursor(before: Before | None) -> tuple[object, object, object]:
    if before is None:
        return (None, None, None)
    return (before.captured_at, before.captured_at, before.id)
