"""How the line stands: what waits, what the centre has acknowledged, and what it says it holds."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import msgspec
import psycopg

from openanpr.audit.services import record_event_raw
from openanpr.capture.link import Link
from openanpr.federation.parcels import ACTOR
from openanpr.wire.federation import Holding

Connection = psycopg.Connection[Any]
_STANDING: Final = """
select
    (select coalesce(sum(cardinality(read_ids)), 0) from ingest_onward)
      + (select coalesce(sum(cardinality(read_ids)), 0) from federation_parcel
         where receipt_at is null),
    (select min(stored_at) from ingest_onward),
    (select count(*) from federation_picture),
    (select problem from federation_uplink),
    (select problem_since from federation_uplink),
    (select receipt_at from federation_uplink)
"""
_DAYS: Final = """
select day, sent, refused, gone, held, compared_at from federation_day
where day >= %s order by day
"""


class NoAnswer(Exception):
    """The centre did not answer; the text says what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What waits now (reads, pictures), since when, and what keeps it, if anything does."""

    waiting: int
    oldest: datetime | None
    pictures: int
    problem: str
    problem_since: datetime | None
    receipt_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Reads captured on a day (UTC). ``held`` is what the centre said at ``compared_at``."""

    day: date
    sent: int
    refused: int
    gone: int
    held: int | None
    compared_at: datetime | None

    @property
    def agrees(self) -> bool | None:
        """Whether the centre holds what it acknowledged; None where it was not asked."""
        return None if self.held is None else self.held == self.sent


def standing(connection: Connection) -> Standing:
    """How the line stands now."""
    row = connection.execute(_STANDING).fetchone() or (0, None, 0, "", None, None)
    return Standing(
        waiting=int(row[0]),
        oldest=row[1],
        pictures=row[2],
        problem=row[3] or "",
        problem_since=row[4],
        receipt_at=row[5],
    )


def days(connection: Connection, *, since: date) -> list[Day]:
    """The counts by day of capture, oldest first."""
    return [
        Day(day=row[0], sent=row[1], refused=row[2], gone=row[3], held=row[4], compared_at=row[5])
        for row in connection.execute(_DAYS, (since,)).fetchall()
    ]


def compare(connection: Connection, link: Link, *, day: date, at: datetime) -> Day:
    """Ask the centre what it holds of a day and keep its answer, audited. Raises NoAnswer."""
    reply = link.send("POST", f"/v1/federation/holdings/{day}", b"", kind="application/json")
    if not reply.done:
        raise NoAnswer(f"{reply.status} {reply.reason}".strip() if reply.status else reply.reason)
    held = msgspec.json.decode(reply.body, type=Holding).held
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute(
            "insert into federation_day as known (day, sent, refused, gone, held, compared_at) "
            "values (%(day)s, 0, 0, 0, %(held)s, %(at)s) on conflict (day) do update "
            "set held = excluded.held, compared_at = excluded.compared_at "
            "returning known.sent, known.refused, known.gone",
            {"day": day, "held": held, "at": at},
        )
        sent, refused, gone = cursor.fetchone() or (0, 0, 0)
        record_event_raw(
            cursor,
            verb="federation.compare",
            actor=ACTOR,
            at=at,
            payload={"day": day.isoformat(), "sent": sent, "held": held},
        )
    return Day(day=day, sent=sent, refused=refused, gone=gone, held=held, compared_at=at)


def queue_day(connection: Connection, *, day: date, reason: str, at: datetime) -> int:
    """Queue every stored read of a day (UTC) to go up again; -1 where some of it still waits."""
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("select federation_queue_day(%s)", (day,))
        (queued,) = cursor.fetchone() or (0,)
        if queued >= 0:
            record_event_raw(
                cursor,
                verb="federation.resend",
                actor=ACTOR,
                at=at,
                reason=reason,
                payload={"reads": int(queued), "day": day.isoformat()},
            )
    return int(queued)
