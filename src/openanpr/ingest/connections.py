"""A few connections that request threads share, for work that may be done twice without harm.

A pool that reconnects in the background by waiting ever longer would go on refusing for a while
after the database has come back; here a lost connection is replaced when it is next needed.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, TypeVar

import psycopg

Connection = psycopg.Connection[Any]
Result = TypeVar("Result")

_WAIT_S: Final = 5.0


class SharedConnections:
    """At most ``most`` connections in autocommit mode, made when needed and kept."""

    def __init__(self, dsn: str, *, most: int, name: str) -> None:
        self._dsn = dsn
        self._name = name
        self._places = threading.BoundedSemaphore(most)
        self._lock = threading.Lock()
        self._idle: list[Connection] = []

    def run(self, work: Callable[[Connection], Result]) -> Result:
        """The result of ``work``, which is done again where an idle connection had been lost.

        Raises psycopg.OperationalError where the database cannot be reached, or no connection
        came free within five seconds.
        """
        if not self._places.acquire(timeout=_WAIT_S):
            raise psycopg.OperationalError("every connection is in use")
        try:
            return self._run(work)
        finally:
            self._places.release()

    def close(self) -> None:
        """Close those that are idle."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _run(self, work: Callable[[Connection], Result]) -> Result:
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        if connection is not None:
            try:
                return self._with(connection, work)
            except (psycopg.OperationalError, psycopg.InterfaceError):
                self.close()  # the others of its age are lost too, as a rule
        return self._with(self._connect(), work)

    def _with(self, connection: Connection, work: Callable[[Connection], Result]) -> Result:
        try:
            return work(connection)
        except (psycopg.OperationalError, psycopg.InterfaceError):
            with suppress(psycopg.Error):
                connection.close()
            raise
        finally:
            if not connection.closed:
                with self._lock:
                    self._idle.append(connection)

    def _connect(self) -> Connection:
        return psycopg.connect(
            self._dsn, autocommit=True, connect_timeout=3, application_name=self._name
        )
