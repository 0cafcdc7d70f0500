"""The worker's loops: hits become alerts as they are committed; alerts are watched and sent on."""

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import Final

import psycopg
from django.db import Error, close_old_connections, connection

from openanpr.alerts.channels.services.sending import send_next
from openanpr.alerts.services.dispatch import dispatch_waiting
from openanpr.alerts.services.escalating import escalate_due, withdraw_covert
from openanpr.config.database import DatabaseRole, dsn
from openanpr.hotlists.services.snapshots import publish_if_due
from openanpr.web.clock import now

POLL_S: Final = 1.0
CHANNEL: Final = "outbox"
_log = logging.getLogger(__name__)


def run(stop: Event) -> None:
    """Dispatch until ``stop`` is set: at once when ingest says that hits wait, else each second.

    Lists are published, alerts watched and messages sent by threads beside it, so that none of
    these delays an alert. A lost database connection is tried again each second.
    """
    beside = [
        Thread(target=_each_second, args=(stop, work), name=name)
        for name, work in (
            ("publish-lists", _publish_once),
            ("watch-alerts", _watch_once),
            ("send-messages", _send_waiting),
        )
    ]
    for thread in beside:
        thread.start()
    try:
        while not stop.is_set():
            _guarded(stop, lambda: _listen(stop))
    finally:
        for thread in beside:
            thread.join()


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
    while dispatch_waiting(at=now()):
        pass


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


def _watch_once() -> None:
    close_old_connections()
    withdraw_covert(at=now())
    escalate_due(at=now())


def _send_waiting() -> None:
    close_old_connections()
    while send_next(at=now()):
        pass


def _each_second(stop: Event, work: Callable[[], None]) -> None:
    try:
        while not stop.is_set():
            _guarded(stop, work)
            stop.wait(POLL_S)
    finally:
        connection.close()
