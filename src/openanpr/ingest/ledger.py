"""Ingest's account of its own work: batches, daily counts, problems, reads set apart."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import psycopg

from openanpr.ingest.checking import Quarantined
from openanpr.ingest.work import JudgedBatch, Outcome
from openanpr.wire import uuid7

Cursor = psycopg.Cursor[Any]
CountKey = tuple[date, int, str]
"""Day (UTC), camera id or 0, kind."""

_MILLISECOND: Final = timedelta(milliseconds=1)

_REPLAY: Final = """
update ingest_batch set replays = replays + 1
where (device, batch_id) in (select * from unnest(%s::uuid[], %s::uuid[]))
returning device, batch_id
"""
_BATCH: Final = """
insert into ingest_batch (
    device, batch_id, first_sequence, reads, accepted, duplicates, late, refused, quarantined,
    clock_source, clock_offset_ms, received_at
)
select * from unnest(
    %s::uuid[], %s::uuid[], %s::bigint[], %s::smallint[], %s::smallint[], %s::smallint[],
    %s::smallint[], %s::smallint[], %s::smallint[], %s::text[], %s::float8[], %s::timestamptz[]
)
on conflict do nothing
"""
_QUARANTINE: Final = """
insert into ingest_quarantine (
    device, read_id, camera_id, batch_id, received_at, reason, ahead_ms, content
) values (%s, %s, %s, %s, %s, %s, %s, %s::jsonb) on conflict do nothing
"""
_PROBLEM: Final = """
insert into ingest_problem (
    id, at, kind, device, camera_id, camera_key, batch_id, count, detail
) values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_COUNT: Final = """
insert into ingest_counter (day, camera_id, kind, count)
select * from unnest(%s::date[], %s::int[], %s::text[], %s::bigint[])
    as counted (day, camera_id, kind, count)
order by day, camera_id, kind
on conflict (day, camera_id, kind) do update set count = ingest_counter.count + excluded.count
"""


def ask_for_replays(cursor: Cursor, group: Sequence[JudgedBatch]) -> None:
    """Count those batches again that were committed before; `replays` says which."""
    cursor.execute(
        _REPLAY, ([batch.device_id for batch in group], [batch.batch_id for batch in group])
    )


def replays(cursor: Cursor, group: Sequence[JudgedBatch]) -> list[bool]:
    """Of each batch whether it was committed before (or stands in the group twice)."""
    known = set(cursor.fetchall())
    replayed = []
    for batch in group:
        key = (batch.device_id, batch.batch_id)
        replayed.append(key in known)
        known.add(key)
    return replayed


def note_outcomes(
    cursor: Cursor,
    group: Sequence[JudgedBatch],
    outcomes: Sequence[Outcome],
    stored: Sequence[Collection[int]],
    *,
    at: datetime,
) -> None:
    """Write the account of each batch; a replayed one adds only to what is counted as such."""
    counts: Counter[CountKey] = Counter()
    new: list[tuple[Any, ...]] = []
    for batch, outcome, places in zip(group, outcomes, stored, strict=True):
        counts.update(_reads_counted(batch, places))
        if outcome.replayed:
            counts[_day(at), 0, "batch-replayed"] += 1
            continue
        new.append(_batch_row(batch, outcome))
        _note_refusals(cursor, batch)
        counts.update(_refusals_counted(batch))
    if new:
        cursor.execute(_BATCH, [list(column) for column in zip(*new, strict=True)])
    add_counts(cursor, counts)


def add_counts(cursor: Cursor, counts: Mapping[CountKey, int]) -> None:
    """Add to the daily counts."""
    if not counts:
        return
    days, cameras, kinds = zip(*counts, strict=True)
    cursor.execute(_COUNT, (list(days), list(cameras), list(kinds), list(counts.values())))


def add_problems(cursor: Cursor, problems: Iterable[tuple[Any, ...]]) -> None:
    """Add rows (at, kind, device, camera id, camera key, batch id, count, detail)."""
    rows = [(uuid7(), *problem) for problem in problems]
    if rows:
        cursor.executemany(_PROBLEM, rows)


def _batch_row(batch: JudgedBatch, outcome: Outcome) -> tuple[Any, ...]:
    return (
        batch.device_id,
        batch.batch_id,
        batch.first_sequence,
        batch.reads,
        outcome.accepted,
        outcome.duplicates,
        outcome.late,
        len(batch.verdict.rejections),
        len(batch.verdict.quarantined),
        batch.clock.source,
        batch.clock.offset_ms,
        batch.received_at,
    )


def _note_refusals(cursor: Cursor, batch: JudgedBatch) -> None:
    verdict = batch.verdict
    if verdict.quarantined:
        cursor.executemany(_QUARANTINE, [_set_apart(batch, one) for one in verdict.quarantined])
    details = {rejection.reason: rejection.detail for rejection in verdict.rejections}
    add_problems(
        cursor,
        [
            (
                batch.received_at,
                reason.value,
                batch.device_id,
                camera_id or None,
                key,
                batch.batch_id,
                count,
                details[reason],
            )
            for (key, camera_id, reason), count in verdict.refusals.items()
        ],
    )


def _set_apart(batch: JudgedBatch, one: Quarantined) -> tuple[Any, ...]:
    return (
        batch.device_id,
        one.read_id,
        one.camera_id,
        batch.batch_id,
        batch.received_at,
        "captured-in-the-future",
        one.ahead // _MILLISECOND,
        one.content,
    )


def _reads_counted(batch: JudgedBatch, stored: Collection[int]) -> Counter[CountKey]:
    rows = batch.verdict.rows
    kept = [rows[place] for place in stored]
    of_kind = {
        "accepted": Counter([row.camera_id for row in kept]),
        "late": Counter([row.camera_id for row in kept if row.late]),
    }
    of_kind["duplicate"] = Counter([row.camera_id for row in rows]) - of_kind["accepted"]
    day = _day(batch.received_at)
    return Counter(
        {
            (day, camera_id, kind): count
            for kind, cameras in of_kind.items()
            for camera_id, count in cameras.items()
        }
    )


def _refusals_counted(batch: JudgedBatch) -> Counter[CountKey]:
    counts: Counter[CountKey] = Counter()
    for (_, camera_id, reason), count in batch.verdict.refusals.items():
        counts[_day(batch.received_at), camera_id, reason.value] += count
    return counts


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()
