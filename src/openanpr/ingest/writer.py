"""The group-commit writer: one thread, one connection, many batches a commit.

A batch is acknowledged only after the commit that holds it. When a connection is lost the group is
tried once more on a new one (storing is idempotent, so an unanswered commit does no harm); where
that fails too, readers are told to come again, and the writer tries to reconnect by itself.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

import psycopg

from openanpr.ingest import metrics
from openanpr.ingest.committing import commit_group
from openanpr.ingest.work import (
    JudgedBatch,
    Outcome,
    QueueFullError,
    StoreRefusedError,
    StoreUnavailableError,
)
from openanpr.reads.partitions import Partitions

log = logging.getLogger(__name__)

_CONNECTION_OPTIONS: Final[dict[str, Any]] = {
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "tcp_user_timeout": 15000,
    "application_name": "openanpr-ingest",
    # Acknowledged means on disk, whatever the server's default is.
    "options": "-c synchronous_commit=on -c statement_timeout=20s -c lock_timeout=15s",
}
_FIRST_ATTEMPT_S: Final = 5.0
_FIRST_PAUSE_S: Final = 0.1
_LONGEST_PAUSE_S: Final = 5.0
_FAILING: Final = timedelta(seconds=30)
_IDLE_S: Final = 0.2

Item = tuple[JudgedBatch, "Future[Outcome]"]


class GroupCommitWriter:
    """Takes judged batches from many threads and commits them in groups."""

    def __init__(
        self,
        *,
        dsn: str,
        queue_limit: int,
        group_rows: int,
        now: Callable[[], datetime],
        onward: bool = False,
    ) -> None:
        self._dsn = dsn
        self._group_rows = group_rows
        self._now = now
        self._onward = onward
        self._queue: queue.SimpleQueue[Item] = queue.SimpleQueue()
        # Those being committed count too: each holds one of the server's threads.
        self._places = threading.Semaphore(queue_limit)
        self._up = threading.Event()
        self._tried = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ingest-writer", daemon=True)
        self._partitions = Partitions()
        self._connection: psycopg.Connection[Any] | None = None
        self.last_commit_at: datetime | None = None
        self._failed_at: datetime | None = None

    def start(self) -> None:
        """Connect and begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Commit what waits, then end. Batches offered from now on are told to come again."""
        self._stopping.set()
        self._thread.join()

    @property
    def depth(self) -> int:
        """How many batches wait to be taken up."""
        return self._queue.qsize()

    @property
    def connected(self) -> bool:
        """Whether the database answered last time; waits for the first attempt."""
        self._tried.wait(_FIRST_ATTEMPT_S)
        return self._up.is_set()

    def is_failing(self, *, at: datetime) -> bool:
        """Whether the newest commit failed, half a minute ago at most: a full disk, say.

        Later it is not known: whoever sends readers elsewhere meanwhile would never learn.
        """
        failed, last = self._failed_at, self.last_commit_at
        return failed is not None and at - failed < _FAILING and (last is None or last < failed)

    def submit(self, batch: JudgedBatch) -> "Future[Outcome]":
        """Queue a batch; its future is done after the commit.

        Raises QueueFullError, or StoreUnavailableError while the database does not answer. The
        future may hold that too, or StoreRefusedError.
        """
        if not self.connected or self._stopping.is_set():
            raise _unavailable()
        if not self._places.acquire(blocking=False):
            raise QueueFullError
        future: Future[Outcome] = Future()
        future.add_done_callback(lambda _: self._places.release())
        self._queue.put((batch, future))
        return future

    def _run(self) -> None:
        pause = _FIRST_PAUSE_S
        while not (self._stopping.is_set() and self._queue.empty()):
            if self._connection is None:
                if self._connect():
                    pause = _FIRST_PAUSE_S
                else:
                    self._fail_waiting()
                    self._stopping.wait(pause)
                    pause = min(pause * 2, _LONGEST_PAUSE_S)
                continue
            if group := self._next_group():
                self._settle(group)
        self._fail_waiting()
        self._disconnect()

    def _next_group(self) -> list[Item]:
        try:
            group = [self._queue.get(timeout=_IDLE_S)]
        except queue.Empty:
            return []
        rows = len(group[0][0].verdict.rows)
        while rows < self._group_rows:
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                break
            group.append(item)
            rows += len(item[0].verdict.rows)
        return group

    def _settle(self, group: list[Item]) -> None:
        try:
            outcomes = self._commit_with_second_try([batch for batch, _ in group])
        except psycopg.OperationalError:
            for _, future in group:
                future.set_exception(_unavailable())
            return
        except psycopg.Error as error:
            self._settle_one_by_one(group, error.sqlstate or "unknown")
            return
        except Exception as error:  # noqa: BLE001 - one batch that trips a bug must not stop all
            self._settle_one_by_one(group, type(error).__name__)
            return
        for (_, future), outcome in zip(group, outcomes, strict=True):
            future.set_result(outcome)
        if any(outcome.hits for outcome in outcomes):
            self._wake_dispatcher()

    def _settle_one_by_one(self, group: list[Item], code: str) -> None:
        """The database refuses something in the group: find out what, and let the others pass."""
        # Never the error's text: it may quote a mark.
        log.error("a group of %d batches was refused (%s)", len(group), code)
        if len(group) == 1:
            metrics.STORE_REFUSED.inc()
            group[0][1].set_exception(StoreRefusedError(code))
            return
        for item in group:
            self._settle([item])

    def _commit_with_second_try(self, batches: Sequence[JudgedBatch]) -> list[Outcome]:
        try:
            return self._commit(batches)
        except psycopg.errors.CheckViolation:  # a partition that we knew has been dropped since
            self._partitions.forget()
        except (psycopg.OperationalError, psycopg.InterfaceError):
            self._disconnect()
            if not self._connect():
                raise psycopg.OperationalError from None
        try:
            return self._commit(batches)
        except (psycopg.OperationalError, psycopg.InterfaceError):
            # It answers, and yet nothing can be committed.
            self._failed_at = self._now()
            self._disconnect()
            raise psycopg.OperationalError from None

    def _commit(self, batches: Sequence[JudgedBatch]) -> list[Outcome]:
        if self._connection is None:
            raise psycopg.OperationalError
        started = time.monotonic()
        self._partitions.ensure(
            self._connection,
            (row.read.captured_at for batch in batches for row in batch.verdict.rows),
        )
        outcomes = commit_group(self._connection, batches, at=self._now(), onward=self._onward)
        self.last_commit_at = self._now()
        metrics.committed(
            seconds=time.monotonic() - started,
            rows=sum(len(batch.verdict.rows) for batch in batches),
            outcomes=outcomes,
        )
        return outcomes

    def _wake_dispatcher(self) -> None:
        # A transaction of its own: NOTIFY takes a lock of the whole server until its commit.
        if self._connection is not None:
            with suppress(psycopg.Error):  # the dispatcher looks by itself too
                self._connection.execute("notify outbox")

    def _connect(self) -> bool:
        connected = self._open_connection()
        self._tried.set()
        return connected

    def _open_connection(self) -> bool:
        try:
            connection: psycopg.Connection[Any] = psycopg.connect(
                self._dsn, autocommit=True, **_CONNECTION_OPTIONS
            )
            self._partitions.forget()
            self._partitions.ensure_ahead(connection, at=self._now())
        except psycopg.Error as error:
            if self._up.is_set():
                log.error("the database does not answer (%s)", type(error).__name__)
            self._up.clear()
            return False
        self._connection = connection
        self._up.set()
        return True

    def _disconnect(self) -> None:
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
        self._connection = None

    def _fail_waiting(self) -> None:
        while True:
            try:
                _, future = self._queue.get_nowait()
            except queue.Empty:
                return
            future.set_exception(_unavailable())


def _unavailable() -> StoreUnavailableError:
    return StoreUnavailableError("The database does not answer; keep the reads.", retry_after=2)
