"""What happened to alerts, read once for every open screen, in the order of the commits."""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg.rows import TupleRow

from openanpr.access.facts import AlertFacts
from openanpr.alerts.services.announcements import CHANNEL
from openanpr.alerts.vocabulary import EventKind
from openanpr.config.database import DatabaseRole, dsn

POLL_S: Final = 1.0
RETAINED: Final = timedelta(hours=24)
_IN_MEMORY: Final = 1000
_BATCH: Final = 500
_LOOKING_BACK: Final = 4
_log = logging.getLogger(__name__)

_COLUMNS: Final = (
    "select e.sequence, e.kind, e.at, a.id, a.priority, a.late, a.force, a.last_captured_at, "
    "a.routed_units, a.routed_areas, a.covert from alert_event e join alert a on a.id = e.alert_id "
)


@dataclass(frozen=True, slots=True)
class LiveEvent:
    """One event with what is needed to decide who hears of it."""

    sequence: int
    kind: str
    at: datetime
    alert_id: UUID
    priority: int
    late: bool
    facts: AlertFacts


class Feed:
    """The newest events in memory, older ones from the database; wakes those who wait for more."""

    def __init__(self) -> None:
        self.last = 0
        self._recent: deque[LiveEvent] = deque(maxlen=_IN_MEMORY)
        self._from = 0
        self._wake = asyncio.Event()
        self._ready = asyncio.Event()
        self._looking_back = asyncio.Semaphore(_LOOKING_BACK)

    async def run(self) -> None:
        """Listen until cancelled. A lost connection is opened again; nothing in between is lost."""
        while True:
            try:
                await self._listen()
            except (psycopg.Error, OSError) as problem:
                _log.error("the feed connects again in a second: %s", type(problem).__name__)
                await asyncio.sleep(POLL_S)

    async def ready(self) -> None:
        """Wait until the feed knows where it starts."""
        await self._ready.wait()

    def next_wake(self) -> asyncio.Event:
        """Is set at the next event. Take it before asking ``since``: then none slips between."""
        return self._wake

    async def since(self, sequence: int) -> Sequence[LiveEvent]:
        """The events after ``sequence``, oldest first, some hundreds at most; empty when none."""
        if sequence >= self.last:
            return ()
        if sequence >= self._from:
            return [event for event in self._recent if event.sequence > sequence]
        # Few at a time: when a thousand screens come back at once, the database must not notice.
        async with self._looking_back, await self._connect() as connection:
            return await _read(connection, after=sequence, retained_only=True)

    async def _listen(self) -> None:
        async with await self._connect() as connection:
            # Listening comes first: what is committed between the two statements wakes us.
            await connection.execute(f"listen {CHANNEL}")
            if not self._ready.is_set():
                await self._start(connection)
            while True:
                await self._take_new(connection)
                async for _ in connection.notifies(timeout=POLL_S, stop_after=1):
                    pass

    async def _start(self, connection: psycopg.AsyncConnection[TupleRow]) -> None:
        """Begin with the newest events in memory: screens come back after a restart for these."""
        cursor = await connection.execute("select coalesce(max(sequence), 0) from alert_event")
        row = await cursor.fetchone()
        newest = int(row[0]) if row else 0
        self.last = self._from = max(0, newest - _IN_MEMORY)
        await self._take_new(connection)
        self.last = max(self.last, newest)
        self._ready.set()

    async def _take_new(self, connection: psycopg.AsyncConnection[TupleRow]) -> None:
        while events := await _read(connection, after=self.last, retained_only=False):
            self.keep(events)

    def keep(self, events: Sequence[LiveEvent]) -> None:
        """Take the next events, in order, and wake everybody who waits."""
        for event in events:
            if len(self._recent) == _IN_MEMORY:
                self._from = self._recent[0].sequence
            self._recent.append(event)
        self.last = events[-1].sequence
        waiting, self._wake = self._wake, asyncio.Event()
        waiting.set()

    @staticmethod
    async def _connect() -> psycopg.AsyncConnection[TupleRow]:
        return await psycopg.AsyncConnection.connect(dsn(DatabaseRole.LIVE), autocommit=True)


async def _read(
    connection: psycopg.AsyncConnection[TupleRow], *, after: int, retained_only: bool
) -> list[LiveEvent]:
    recent = "and e.at > now() - %(retained)s " if retained_only else ""
    cursor = await connection.execute(
        f"{_COLUMNS} where e.sequence > %(after)s {recent}order by e.sequence limit %(batch)s",
        {"after": after, "retained": RETAINED, "batch": _BATCH},
    )
    return [_event(row) for row in await cursor.fetchall()]


def _event(row: Sequence[Any]) -> LiveEvent:
    sequence, kind, at, alert_id, priority, late, force, captured_at, units, areas, covert = row
    facts = AlertFacts(
        force=force,
        captured_at=captured_at,
        units=frozenset(units),
        areas=frozenset(areas),
        # Those who could see it until now are told to take it away.
        covert=covert and kind != EventKind.WITHDRAWN,
    )
    return LiveEvent(sequence, kind, at, alert_id, priority, late, facts)


async def stop(task: "asyncio.Task[None]") -> None:
    """Cancel a background task and wait for its end."""
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
