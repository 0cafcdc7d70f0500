"""Telling open screens that something happened to an alert.

Sequences follow commits: every writer holds one lock from before it draws a number until its
transaction has ended, so nobody who has read up to a number can miss a lower one. The lock comes
before that of the audit in every transaction.
"""

from datetime import datetime
from typing import Final

from django.db import connection, transaction

from openanpr.alerts.models import Alert, AlertEvent
from openanpr.alerts.vocabulary import EventKind

CHANNEL: Final = "alert"
_LOCK: Final = 7_204_115


def lock_events() -> None:
    """Wait for the right to announce, and hold it to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])


def announce(alert: Alert, *, kind: EventKind, at: datetime) -> int:
    """Keep the event for every screen, and wake them once the transaction has committed.

    The wake-up runs in a small transaction of its own, because NOTIFY takes a lock on the whole
    server while it commits.
    """
    lock_events()
    event = AlertEvent.objects.create(alert=alert, kind=kind.value, at=at)
    transaction.on_commit(lambda: _wake(event.sequence))
    return event.sequence


def _wake(sequence: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, str(sequence)])
