"""Taking jobs from the table, so that each is in one process's hands and none is lost with it.

A process holds a session lock of PostgreSQL on each job that it does. When it dies, however it
dies, its connection ends and the lock with it: a job that says ``running`` and is not locked is
free. No lease has to be renewed and no clock compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import psycopg

_LOCKS: Final = 7_204_200_000_000_000
"""Job number n is lock ``_LOCKS + n``."""
_LOOKED_AT: Final = 20
_KEPT: Final = timedelta(days=30)

_FREE: Final = """
select id from job
where state in ('waiting', 'running') and due_at <= %s and kind = any(%s)
order by due_at, id limit %s
"""
_TAKE: Final = """
update job set state = 'running', attempts = attempts + 1, started_at = %s, problem = ''
where id = %s and state in ('waiting', 'running') and due_at <= %s
returning kind, arguments, attempts
"""
_END: Final = """
update job set state = %s, ended_at = %s, problem = %s, progress = '' where id = %s
"""
_AGAIN: Final = """
update job set state = 'running', due_at = %s, problem = %s where id = %s
"""
_ASK: Final = """
insert into job (kind, once, asked_at, due_at)
select %(kind)s, 'recurring', %(at)s, %(at)s
where not exists (select from job where kind = %(kind)s and asked_at > %(since)s)
on conflict do nothing
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A job in this process's hands."""

    id: int
    kind: str
    arguments: dict[str, Any]
    attempt: int


class Claims:
    """Jobs taken over one connection in autocommit mode, which must live as long as they do."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def take(self, kinds: Sequence[str], *, at: datetime) -> Claim | None:
        """The job that is due longest and free; ``None`` when there is none."""
        rows = self._connection.execute(_FREE, (at, list(kinds), _LOOKED_AT)).fetchall()
        for (number,) in rows:
            if not self._locked(number):
                continue
            # Looked at again under the lock: whoever held it may have ended the job meanwhile.
            taken = self._connection.execute(_TAKE, (at, number, at)).fetchone()
            if taken is not None:
                kind, arguments, attempt = taken
                return Claim(id=number, kind=kind, arguments=arguments, attempt=attempt)
            self._release(number)
        return None

    def say(self, claim: Claim, progress: str) -> None:
        """Tell how far a job is."""
        self._connection.execute(
            "update job set progress = %s where id = %s", (progress[:200], claim.id)
        )

    def end(self, claim: Claim, *, at: datetime, problem: str = "") -> None:
        """Note that a job is done, or why it never will be."""
        self._connection.execute(
            _END, ("failed" if problem else "done", at, problem[:500], claim.id)
        )
        self._release(claim.id)

    def put_back(self, claim: Claim, *, due_at: datetime, problem: str) -> None:
        """Have a job tried again."""
        self._connection.execute(_AGAIN, (due_at, problem[:500], claim.id))
        self._release(claim.id)

    def ask_for_recurring(self, kind: str, every: timedelta, *, at: datetime) -> None:
        """Ask for a recurring kind, where it was not within ``every``."""
        self._connection.execute(_ASK, {"kind": kind, "at": at, "since": at - every})

    def clear_away(self, *, at: datetime) -> None:
        """Remove what ended 30 days ago."""
        self._connection.execute(
            "delete from job where state in ('done', 'failed') and ended_at < %s", (at - _KEPT,)
        )

    def _locked(self, number: int) -> bool:
        row = self._connection.execute(
            "select pg_try_advisory_lock(%s)", (_LOCKS + number,)
        ).fetchone()
        return row is not None and bool(row[0])

    def _release(self, number: int) -> None:
        self._connection.execute("select pg_advisory_unlock(%s)", (_LOCKS + number,))
