"""Parcels: reads taken up from what ingest noted, under way until the centre has them, settled.

Taking up removes the noted rows and makes the parcel in one transaction, so a read is in one place
or the other whatever is killed; a parcel keeps its number until its receipt, and the centre stores
what it knows already only once.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

import psycopg

from openanpr.audit.services import AuditActor, record_event_raw
from openanpr.wire import MAX_READS, uuid7

ACTOR: Final = AuditActor.system("federation")
Connection = psycopg.Connection[Any]

_UNDER_WAY: Final = """
select id, first_sequence, sections, camera_ids, captured_at, read_ids
from federation_parcel where receipt_at is null
"""
_NOTED: Final = """
select number, device, batch_id, received_at, camera_ids, captured_at, read_ids
from ingest_onward order by number limit %s
"""
_NUMBER: Final = """
insert into federation_uplink (id, next_sequence, problem) values (1, %s, '')
on conflict (id) do update set next_sequence = federation_uplink.next_sequence + %s
returning next_sequence
"""
_MAKE: Final = """
insert into federation_parcel (
    id, first_sequence, reads, sections, camera_ids, captured_at, read_ids, made_at
) values (%s, %s, %s, %s::jsonb, %s, %s, %s, %s)
"""
_SETTLE: Final = """
update federation_parcel set receipt_at = %s, accepted = %s, known = %s, refused = %s::jsonb,
    gone = %s, camera_ids = '{}', captured_at = '{}', read_ids = '{}'
where id = %s and receipt_at is null
"""
_DAY: Final = """
insert into federation_day as known (day, sent, refused, gone) values (%s, %s, %s, %s)
on conflict (day) do update set sent = known.sent + excluded.sent,
    refused = known.refused + excluded.refused, gone = known.gone + excluded.gone
"""
_WANTED: Final = """
insert into federation_picture (received_sha256, asked_at)
select *, %s from unnest(%s::bytea[]) on conflict do nothing
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Reads of one of the force's batches, ``count`` of them, in the parcel's order."""

    reader: UUID
    batch_id: UUID
    received_at: datetime
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """A parcel that has no receipt yet; the three lists are of one length."""

    id: UUID
    first_sequence: int
    parts: tuple[Part, ...]
    camera_ids: Sequence[int]
    captured_at: Sequence[datetime]
    read_ids: Sequence[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of a parcel: ``refused`` by read with its reason, ``gone`` were not here."""

    accepted: int
    known: int
    refused: Mapping[UUID, str]
    gone: frozenset[UUID]
    pictures_wanted: Sequence[str]


def under_way(connection: Connection) -> UnderWay | None:
    """The parcel without a receipt, if there is one."""
    row = connection.execute(_UNDER_WAY).fetchone()
    if row is None:
        return None
    parcel_id, first_sequence, sections, cameras, moments, ids = row
    parts = tuple(
        Part(
            reader=UUID(part["reader"]),
            batch_id=UUID(part["batch_id"]),
            received_at=datetime.fromisoformat(part["received_at"]),
            count=part["count"],
        )
        for part in sections
    )
    return UnderWay(
        id=parcel_id,
        first_sequence=first_sequence,
        parts=parts,
        camera_ids=cameras,
        captured_at=moments,
        read_ids=ids,
    )


def take_up(connection: Connection, *, at: datetime) -> UnderWay | None:
    """Make a parcel of what waits, oldest first, audited; None where nothing does."""
    with connection.transaction(), connection.cursor() as cursor:
        rows = _that_fit(cursor.execute(_NOTED, (MAX_READS,)).fetchall())
        if not rows:
            return None
        cursor.execute(
            "delete from ingest_onward where number = any (%s)", ([row[0] for row in rows],)
        )
        cameras = [camera for row in rows for camera in row[4]]
        moments = [moment for row in rows for moment in row[5]]
        ids = [read_id for row in rows for read_id in row[6]]
        (after,) = cursor.execute(_NUMBER, (len(ids), len(ids))).fetchone() or (0,)
        sections = [
            {
                "reader": str(device),
                "batch_id": str(batch_id),
                "received_at": received_at.isoformat(),
                "count": len(own),
            }
            for _, device, batch_id, received_at, _, _, own in rows
        ]
        parcel_id, first = uuid7(), after - len(ids)
        cursor.execute(
            _MAKE, (parcel_id, first, len(ids), json.dumps(sections), cameras, moments, ids, at)
        )
        record_event_raw(
            cursor,
            verb="federation.send",
            actor=ACTOR,
            at=at,
            subject=f"parcel:{parcel_id}",
            payload={"reads": len(ids), "batches": len(rows), "first_sequence": first},
        )
    return under_way(connection)


def settle(connection: Connection, parcel: UnderWay, receipt: Receipt, *, at: datetime) -> None:
    """Keep the receipt, count the reads by day of capture, and forget which they were."""
    sent: Counter[date] = Counter()
    refused: Counter[date] = Counter()
    gone: Counter[date] = Counter()
    for read_id, moment in zip(parcel.read_ids, parcel.captured_at, strict=True):
        told = gone if read_id in receipt.gone else refused if read_id in receipt.refused else sent
        told[moment.astimezone(UTC).date()] += 1
    reasons = Counter(receipt.refused.values())
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute(
            _SETTLE,
            (
                *(at, receipt.accepted, receipt.known, json.dumps(reasons)),
                *(len(receipt.gone), parcel.id),
            ),
        )
        if cursor.rowcount != 1:  # settled already, by this process before it was cut off
            return
        for day in sorted({*sent, *refused, *gone}):
            cursor.execute(_DAY, (day, sent[day], refused[day], gone[day]))
        cursor.execute(_WANTED, (at, [bytes.fromhex(one) for one in receipt.pictures_wanted]))
        cursor.execute("update federation_uplink set receipt_at = %s where id = 1", (at,))
        if reasons:
            record_event_raw(
                cursor,
                verb="federation.refused",
                actor=ACTOR,
                at=at,
                subject=f"parcel:{parcel.id}",
                payload={"refused": [f"{count} {why}" for why, count in sorted(reasons.items())]},
            )


def note_problem(connection: Connection, problem: str, *, at: datetime) -> None:
    """Say on the status what keeps reads from going up; the empty text says that nothing does."""
    connection.execute(
        "insert into federation_uplink (id, next_sequence, problem, problem_since) "
        "values (1, 0, %(problem)s, %(since)s) on conflict (id) do update set "
        "problem = excluded.problem, problem_since = case "
        "when federation_uplink.problem = excluded.problem then federation_uplink.problem_since "
        "else excluded.problem_since end",
        {"problem": problem, "since": at if problem else None},
    )


def forget_receipts(connection: Connection, *, before: datetime) -> None:
    """Remove parcels whose receipt is older; the counts by day stay."""
    connection.execute("delete from federation_parcel where receipt_at < %s", (before,))


def _that_fit(rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The first rows that together hold no more reads than one batch may."""
    fitting: list[tuple[Any, ...]] = []
    total = 0
    for row in rows:
        total += len(row[6])
        if fitting and total > MAX_READS:
            break
        fitting.append(row)
    return fitting
