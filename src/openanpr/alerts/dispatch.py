"""The worker's loop: hits become alerts as they are committed, changed lists become snapshots."""

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import Final

import psycopg
from django.db import Error, close_old_connections, connection

from openanpr.alerts.services.dispatch import anything_waiting, dispatch_waiting
from openanpr.config.database import DatabaseRole, dsn
from openanpr.hotlists.services.snapshots import publish_if_due
from openanpr.web.clock import now

POLL_S: Final = 1.0
CHANNEL: Final = "outbox"
_log = logging.getLogger(__name__)


def run(stop: Event) -> None:
    """Dispatch until ``stop`` is set: at once when ingest says that hits wait, else each second.

    Lists are published by a thread beside it, so that writing a large one delays no alert. A lost
    database connection is tried again each second.
    """
    publisher = Thread(target=_publish, args=(stop,), name="publish-lists")
    publisher.start()
    try:
        while not stop.is_set():
            _guarded(stop, lambda: _listen(stop))
    finally:
        publisher.join()


def _listen(stop: Event) -> None:
    with psycopg.connect(dsn(DatabaseRole.WORKER), autocommit=True) as listening:
        listening.execute(f"listen {CHANNEL}")
        while not stop.is_set():
            dispatch_all()
            for _ in listening.notifies(timeout=POLL_S, stop_after=1):
                pass


def dispatch_all() -> None:
    """Dispatch everything that waits now."""
    close_old_connections()
    while anything_waiting() and dispatch_waiting(at=now()):
        pass


def _publish(stop: Event) -> None:
    try:
        while not stop.is_set():
            _guarded(stop, _publish_once)
            stop.wait(POLL_S)
    finally:
        connection.close()


def _publish_once() -> None:
    close_old_connections()
    snapshot = publish_if_due(at=now())
    if snapshot is not None:
        _log.info("published lists: version %d", snapshot.version)


def _guarded(stop: Event, work: Callable[[], None]) -> None:
    try:
        work()
    except (Error, psycopg.Error, OSError) as problem:
        _log.error("the worker tries again in a second: %s", type(problem).__name__)
        connection.close()
        stop.wait(POLL_S)
