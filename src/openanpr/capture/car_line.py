"""A car's own business with the back office: its lists come down, its alerts are told."""

import logging
import time
from typing import Final

import msgspec

from openanpr.capture.car_alerts import CarAlerts
from openanpr.capture.frames import utc_now
from openanpr.capture.held_lists import HeldLists
from openanpr.capture.link import Link, Reply
from openanpr.capture.spool import Spool
from openanpr.wire.car_lists import CarAlert, CarLists
from openanpr.wire.car_lists import CarAlerts as ToldAlerts

_log = logging.getLogger(__name__)

_JSON: Final = "application/json"
_MOST_A_MESSAGE: Final = 100
_GONE: Final = frozenset({"device-revoked", "no-car"})


class CarLine:
    """Called by the uploader's thread, which alone uses the link."""

    def __init__(
        self, *, lists: HeldLists, alerts: CarAlerts, spool: Spool, every_s: float
    ) -> None:
        self._lists = lists
        self._alerts = alerts
        self._spool = spool
        self._every_s = every_s
        self._next = 0.0

    def round(self, link: Link) -> float:
        """Tell what waits, and ask for lists if it is time; how long to wait after a failure."""
        wait = self._tell(link)
        if wait == 0.0 and time.monotonic() >= self._next:
            self._next = time.monotonic() + self._every_s
            wait = self._ask(link)
        return wait

    def _ask(self, link: Link) -> float:
        while True:
            held = self._lists.held(at=utc_now())
            reply = link.send("POST", "/v1/car-lists", msgspec.json.encode(held), kind=_JSON)
            if not reply.done:
                return self._not_given(reply)
            try:
                told = msgspec.json.decode(reply.body, type=CarLists)
            except msgspec.DecodeError:
                _log.error("the back office's answer about lists cannot be read")
                return 0.0
            if not self._lists.update(told, heard_at=utc_now()):
                _log.error("the lists that came are not whole; they are asked for again later")
                return 0.0
            if not told.more:
                return 0.0

    def _not_given(self, reply: Reply) -> float:
        if reply.reason in _GONE:
            _log.error("this car may hold no lists any more (%s): they are forgotten", reply.reason)
            self._lists.wipe()
            self._alerts.forget()
            return 0.0
        # Lists come again by themselves; reads that wait must not wait for them.
        return 0.0 if reply.status else reply.wait_s

    def _tell(self, link: Link) -> float:
        while True:
            waiting = self._spool.reports(limit=_MOST_A_MESSAGE)
            if not waiting:
                return 0.0
            alerts = tuple(msgspec.json.decode(body, type=CarAlert) for _, body in waiting)
            message = msgspec.json.encode(ToldAlerts(alerts=alerts))
            reply = link.send("POST", "/v1/car-alerts", message, kind=_JSON)
            if not reply.done and not reply.hopeless:
                return 0.0 if reply.reason in _GONE else reply.wait_s
            if reply.hopeless:
                _log.error(
                    "%d alerts of this car could not be told: %s", len(waiting), reply.reason
                )
            self._spool.reports_done([name for name, _ in waiting])
