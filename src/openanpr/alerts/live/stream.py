"""One open screen: everything its officer may hear of, from the event that they last saw."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Final

from openanpr.alerts.live.deliveries import Deliveries
from openanpr.alerts.live.entitlement import EndReason, Listener, Standing
from openanpr.alerts.live.feed import Feed, LiveEvent
from openanpr.web.clock import now

HEARTBEAT_S: Final = 15.0
# A comment keeps proxies from closing; a page's script sees events only, and needs to notice
# silence.
BEAT: Final = ": still here\nevent: beat\ndata: {}\n\n"
LONGEST_S: Final = 600.0
_TICK_S: Final = 3.0

Write = Callable[[str], Awaitable[None]]


class Stream:
    """Sends events to one listener until it ends; ``gone`` and ``stopping`` end it from outside."""

    def __init__(
        self, *, feed: Feed, deliveries: Deliveries, listener: Listener, write: Write, after: int
    ) -> None:
        self._feed = feed
        self._deliveries = deliveries
        self._listener = listener
        self._write = write
        self._after = after
        self._ends_at = time.monotonic() + LONGEST_S
        self._wrote_at = 0.0

    async def run(self, *, gone: asyncio.Event, stopping: asyncio.Event) -> None:
        """Send until the person may no longer listen, leaves, or the process stops.

        After ten minutes the page is asked to come again with a new ticket, so that the whole sign-
        in is examined anew by the process that knows it.
        """
        await self._send(": connected\n\n" + BEAT)
        while not gone.is_set():
            wake = self._feed.next_wake()
            standing = await self._listener.standing()
            reason = self._end_reason(standing, stopping)
            if reason is not None:
                await self._send(_end(reason))
                return
            assert isinstance(standing, Standing)  # noqa: S101 - narrows the type
            if not await self._send_new(standing):
                await self._heartbeat()
                await _first(wake, gone, stopping, timeout=_TICK_S)

    def _end_reason(
        self, standing: Standing | EndReason, stopping: asyncio.Event
    ) -> EndReason | None:
        if isinstance(standing, EndReason):
            return standing
        if stopping.is_set():
            return EndReason.STOPPING
        return EndReason.RENEW if time.monotonic() >= self._ends_at else None

    async def _send_new(self, standing: Standing) -> bool:
        known = self._feed.last
        events = await self._feed.since(self._after)
        if not events:
            # Nothing retained lies between: a screen away for days need not be searched for again.
            self._after = max(self._after, known)
        at = now()
        for event in events:
            if standing.may_see(event.facts, at=at):
                await self._send(_event(event))
                self._deliveries.note(
                    alert_id=event.alert_id, user_id=self._listener.user_id, at=now()
                )
            self._after = event.sequence
        return bool(events)

    async def _heartbeat(self) -> None:
        if time.monotonic() - self._wrote_at >= HEARTBEAT_S:
            await self._send(BEAT)

    async def _send(self, text: str) -> None:
        await self._write(text)
        self._wrote_at = time.monotonic()


def _event(event: LiveEvent) -> str:
    # No mark and no place: the page asks for the row, which is decided and shown by its own rules.
    data = {
        "alert": str(event.alert_id),
        "kind": event.kind,
        "priority": event.priority,
        "late": event.late,
        "at": event.at.isoformat(),
    }
    return f"id: {event.sequence}\nevent: alert\ndata: {json.dumps(data)}\n\n"


def _end(reason: EndReason) -> str:
    return f"event: end\ndata: {json.dumps({'reason': reason.value})}\n\n"


async def _first(*events: asyncio.Event, timeout: float) -> None:
    """Wait until one of the events is set, or the time is over."""
    waiting = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waiting:
            one.cancel()
