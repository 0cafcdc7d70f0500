"""Who is behind a stream, read again every few seconds: roles, training and session end at any
time.
"""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db import DatabaseError, close_old_connections, connection

from openanpr.access import rules
from openanpr.access.alerts import decide_alert
from openanpr.access.facts import Actor, AlertFacts, Profile
from openanpr.access.vocabulary import Action
from openanpr.accounts.queries import actor_of, user_with_posting
from openanpr.alerts.tickets import Ticket
from openanpr.policy.queries import NoProfileError, profile_in_force
from openanpr.web.clock import now

FRESH_S: Final = 3.0
_THREADS: Final = ThreadPoolExecutor(max_workers=4, thread_name_prefix="entitlement")


class EndReason(StrEnum):
    """Why a stream ends; the page says it in words."""

    SIGNED_OUT = "signed-out"
    NOT_ENTITLED = "not-entitled"
    UNKNOWN = "cannot-be-decided"
    RENEW = "renew"
    STOPPING = "stopping"


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's standing at one moment, and the profile that decides."""

    actor: Actor
    profile: Profile

    def may_see(self, alert: AlertFacts, *, at: datetime) -> bool:
        """The policy's answer for one alert."""
        return bool(decide_alert(actor=self.actor, alert=alert, profile=self.profile, at=at))


class Listener:
    """One person at one screen."""

    def __init__(self, ticket: Ticket) -> None:
        self.user_id: Final = ticket.user_id
        self._ticket: Final = ticket
        self._read_at = -FRESH_S
        self._standing: Standing | EndReason = EndReason.UNKNOWN

    async def standing(self) -> Standing | EndReason:
        """How the person stands now, at most three seconds old; the reason when they may not
        listen.

        What cannot be read is a no.
        """
        if time.monotonic() - self._read_at >= FRESH_S:
            loop = asyncio.get_running_loop()
            self._standing = await loop.run_in_executor(_THREADS, _read, self._ticket)
            self._read_at = time.monotonic()
        return self._standing


def _read(ticket: Ticket) -> Standing | EndReason:
    close_old_connections()
    try:
        return _standing_of(ticket, at=now())
    except (DatabaseError, NoProfileError):
        return EndReason.UNKNOWN


def _standing_of(ticket: Ticket, *, at: datetime) -> Standing | EndReason:
    if not _session_lives(ticket.session_key, at=at):
        return EndReason.SIGNED_OUT
    user = user_with_posting(ticket.user_id)
    if user is None:
        return EndReason.SIGNED_OUT
    standing = Standing(actor_of(user, at=at), profile_in_force(at=at))
    if rules.may_act(standing.actor, Action.ALERT, profile=standing.profile):
        return EndReason.NOT_ENTITLED
    return standing


def _session_lives(key: str, *, at: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select session_lives(%s, %s)", [key, at])
        row = cursor.fetchone()
    return bool(row and row[0])
