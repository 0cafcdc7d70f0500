"""Who is behind each stream, read again every few seconds for all of them together: roles,
training and session end at any time.
"""

import asyncio
import time
from collections.abc import Iterable, Mapping, Sequence
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
from openanpr.accounts.queries import actor_of, standings_of, users_with_posting
from openanpr.alerts.tickets import Ticket
from openanpr.policy.queries import NoProfileError, profile_in_force
from openanpr.web.clock import now

FRESH_S: Final = 3.0
_THREADS: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="entitlement")
_GATHER_S: Final = 0.02


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


class Entitlements:
    """Reads the standing of many listeners at once: five queries, however many screens ask.

    A question that comes while a reading runs waits for the next one, so that no answer is older
    than its question allows.
    """

    def __init__(self) -> None:
        self._waiting: dict[Ticket, asyncio.Future[Standing | EndReason]] = {}
        self._reading: asyncio.Task[None] | None = None

    async def standing_of(self, ticket: Ticket) -> Standing | EndReason:
        """How the person stands as of now; what cannot be read is a no."""
        answer = self._waiting.get(ticket)
        if answer is None:
            answer = asyncio.get_running_loop().create_future()
            self._waiting[ticket] = answer
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read_all(), name="entitlements")
        return await asyncio.shield(answer)

    async def _read_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            # Screens that ask within a moment of one another are read together.
            await asyncio.sleep(_GATHER_S)
            asked, self._waiting = self._waiting, {}
            found: Mapping[Ticket, Standing | EndReason] = {}
            try:
                found = await loop.run_in_executor(_THREADS, _read, tuple(asked))
            finally:
                for ticket, answer in asked.items():
                    if not answer.done():
                        answer.set_result(found.get(ticket, EndReason.UNKNOWN))


class Listener:
    """One person at one screen."""

    def __init__(self, ticket: Ticket, entitlements: Entitlements) -> None:
        self.user_id: Final = ticket.user_id
        self._ticket: Final = ticket
        self._entitlements: Final = entitlements
        self._read_at = -FRESH_S
        self._standing: Standing | EndReason = EndReason.UNKNOWN

    async def standing(self) -> Standing | EndReason:
        """How the person stands now, at most three seconds old; the reason when they may not
        listen.
        """
        if time.monotonic() - self._read_at >= FRESH_S:
            asked_at = time.monotonic()
            self._standing = await self._entitlements.standing_of(self._ticket)
            self._read_at = asked_at
        return self._standing


def _read(asked: Sequence[Ticket]) -> Mapping[Ticket, Standing | EndReason]:
    close_old_connections()
    try:
        return _standings(asked, at=now())
    except (DatabaseError, NoProfileError):
        return {}


def _standings(asked: Sequence[Ticket], *, at: datetime) -> dict[Ticket, Standing | EndReason]:
    living = _living_sessions((ticket.session_key for ticket in asked), at=at)
    users = {
        user.pk: user
        for user in users_with_posting(
            ticket.user_id for ticket in asked if ticket.session_key in living
        )
    }
    profile = profile_in_force(at=at)
    held = standings_of(users, at=at)
    actors = {pk: actor_of(user, at=at, standing=held[pk]) for pk, user in users.items()}
    return {
        ticket: _standing(actors.get(ticket.user_id), profile)
        if ticket.session_key in living
        else EndReason.SIGNED_OUT
        for ticket in asked
    }


def _standing(actor: Actor | None, profile: Profile) -> Standing | EndReason:
    if actor is None:
        return EndReason.SIGNED_OUT
    if rules.may_act(actor, Action.ALERT, profile=profile):
        return EndReason.NOT_ENTITLED
    return Standing(actor, profile)


def _living_sessions(keys: Iterable[str], *, at: datetime) -> frozenset[str]:
    with connection.cursor() as cursor:
        cursor.execute("select living_sessions(%s, %s)", [sorted(set(keys)), at])
        return frozenset(key for (key,) in cursor.fetchall())
