"""Writes down which alert reached whose screen and when, many at a time and off the path of the
event.
"""

import asyncio
import logging
from datetime import datetime
from typing import Final
from uuid import UUID

import psycopg

from openanpr.config.database import DatabaseRole, dsn
from openanpr.wire.ids import uuid7

_TRY_AGAIN_S: Final = 1.0
_log = logging.getLogger(__name__)


class Deliveries:
    """A queue of deliveries and the task that empties it into the database."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[UUID, int], datetime] = {}
        self._some = asyncio.Event()

    def note(self, *, alert_id: UUID, user_id: int, at: datetime) -> None:
        """Remember the first time that the alert was sent to this person."""
        self._waiting.setdefault((alert_id, user_id), at)
        self._some.set()

    async def run(self) -> None:
        """Write until cancelled; what cannot be written waits for the next try."""
        while True:
            await self._some.wait()
            try:
                await self.flush()
            except (psycopg.Error, OSError) as problem:
                _log.error("deliveries wait for a second: %s", type(problem).__name__)
                await asyncio.sleep(_TRY_AGAIN_S)

    async def flush(self) -> None:
        """Write everything that waits, in one statement."""
        taken = dict(self._waiting)
        self._some.clear()
        if not taken:
            return
        async with await psycopg.AsyncConnection.connect(
            dsn(DatabaseRole.LIVE), autocommit=True
        ) as connection:
            await connection.execute(
                "insert into alert_delivery (id, alert_id, user_id, delivered_at) "
                "select * from unnest(%s::uuid[], %s::uuid[], %s::bigint[], %s::timestamptz[]) "
                "on conflict do nothing",
                [
                    [uuid7() for _ in taken],
                    [alert_id for alert_id, _ in taken],
                    [user_id for _, user_id in taken],
                    list(taken.values()),
                ],
            )
        for key in taken:
            self._waiting.pop(key, None)
