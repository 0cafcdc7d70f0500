"""What a patrol car shows its crew: alerts made in the car, of its own reads and held lists."""

import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from openanpr.capture.held_lists import HeldLists
from openanpr.capture.records import Capture
from openanpr.capture.spool import Spool, SpoolFull
from openanpr.wire import uuid7
from openanpr.wire.car_lists import CarAlert, CarEntry

_log = logging.getLogger(__name__)

_REPEAT: Final = timedelta(minutes=2)
_SHOWN: Final = timedelta(hours=1)
_MOST: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAlert:
    """One vehicle on the screen; ``seen`` counts its reads, of which the newest is shown."""

    id: UUID
    entry: CarEntry
    vrm: str
    confidence: float
    captured_at: datetime
    patch: bytes
    seen: int = 1


class CarAlerts:
    """The alerts of a car: matched, shown, and kept in the spool to be told. Thread-safe."""

    def __init__(self, *, lists: HeldLists, spool: Spool) -> None:
        self._lists = lists
        self._spool = spool
        self._changed = threading.Condition()
        self._shown: OrderedDict[UUID, ShownAlert] = OrderedDict()
        self._version = 0

    def look(self, capture: Capture, *, at: datetime) -> int:
        """Match a read that was just stored; how many entries it met."""
        read = capture.read
        found = self._lists.match(read.vrm, at=at)
        patch = next(
            (image.data for image in capture.images if image.sha256 == read.patch_sha256), b""
        )
        for entry in found:
            alert = ShownAlert(
                id=uuid7(),
                entry=entry,
                vrm=read.vrm,
                confidence=read.confidence,
                captured_at=read.captured_at,
                patch=patch,
            )
            self._show(alert)
            told = CarAlert(id=alert.id, read=read.id, entry=entry.id, shown_at=at)
            try:
                self._spool.put_report(str(alert.id), msgspec.json.encode(told))
            except SpoolFull as problem:
                _log.critical("alert %s was shown and cannot be told: %s", alert.id, problem)
        return len(found)

    def _show(self, alert: ShownAlert) -> None:
        with self._changed:
            before = self._shown.get(alert.entry.id)
            if before is not None and alert.captured_at - before.captured_at < _REPEAT:
                alert = replace(alert, seen=before.seen + 1)
            self._shown[alert.entry.id] = alert
            self._shown.move_to_end(alert.entry.id)
            while len(self._shown) > _MOST:
                self._shown.popitem(last=False)
            self._version += 1
            self._changed.notify_all()

    def shown(self, *, at: datetime) -> list[ShownAlert]:
        """What the screen shows now: the most urgent first, then the newest."""
        with self._changed:
            alerts = [one for one in self._shown.values() if at - one.captured_at < _SHOWN]
        alerts.sort(key=lambda alert: alert.captured_at, reverse=True)
        return sorted(alerts, key=lambda alert: alert.entry.priority)

    def patch(self, alert: UUID) -> bytes | None:
        """The plate's picture of one alert on the screen."""
        with self._changed:
            return next((one.patch for one in self._shown.values() if one.id == alert), None)

    def wait_for_more(self, version: int, *, seconds: float) -> int:
        """Wait until there is something newer than ``version``; the version then."""
        with self._changed:
            self._changed.wait_for(lambda: self._version > version, timeout=seconds)
            return self._version

    def forget(self) -> None:
        """Take everything off the screen."""
        with self._changed:
            self._shown.clear()
            self._version += 1
            self._changed.notify_all()
