"""Carries reads from the spool to the back office: text first, pictures after, signs of life."""

import logging
import threading
import time
from collections import Counter
from typing import Final

import msgspec

from openanpr.capture.car_line import CarLine
from openanpr.capture.clock import ClockWatch
from openanpr.capture.frames import utc_now
from openanpr.capture.health import Health
from openanpr.capture.link import Link, Reply
from openanpr.capture.spool import Batch, Spool
from openanpr.wire import BatchAck, Heartbeat, HeartbeatAck, ReadBatch

_log = logging.getLogger(__name__)

_GATHER_S: Final = 0.25
_JSON: Final = "application/json"
_LAST_TRY_S: Final = 5.0


class Uploader:
    """Sends what the spool holds, from a thread of its own, until it is told to stop."""

    def __init__(
        self,
        *,
        spool: Spool,
        link: Link,
        clock: ClockWatch,
        health: Health,
        heartbeat_s: float,
        version: str,
        car: CarLine | None = None,
    ) -> None:
        """Join the parts; nothing is sent before `start`."""
        self._spool = spool
        self._link = link
        self._clock = clock
        self._health = health
        self._heartbeat_s = heartbeat_s
        self._version = version
        self._car = car
        self._stop = threading.Event()
        self._news = threading.Event()
        self._next_heartbeat = 0.0
        self._thread = threading.Thread(target=self._run, name="upload", daemon=True)
        self.counts: Counter[str] = Counter()

    def start(self) -> None:
        """Start sending."""
        self._thread.start()

    def wake(self) -> None:
        """Say that a read was stored."""
        self._news.set()

    def stop(self) -> None:
        """Send what is at hand once more, if the back office answers, and end."""
        self._stop.set()
        self._news.set()
        self._thread.join(timeout=_LAST_TRY_S * 3)

    def drain(self, *, timeout_s: float) -> bool:
        """Wait until all is sent, reads and pictures; False if the time is over before."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            state = self._spool.state()
            if state.reads == 0 and state.images == 0:
                return True
            self._news.set()
            time.sleep(0.05)
        return False

    def _run(self) -> None:
        while not self._stop.is_set():
            pause = self._round()
            if pause > 0:
                self._stop.wait(pause)
                continue
            self._news.wait(max(0.05, min(1.0, self._next_heartbeat - time.monotonic())))
            if self._news.is_set():
                # Reads that come close together travel together.
                self._stop.wait(_GATHER_S)
                self._news.clear()
        self._last_round()

    def _round(self) -> float:
        """Send all that waits; return how long to wait after a failure, 0 when all is sent."""
        if time.monotonic() >= self._next_heartbeat:
            self._next_heartbeat = time.monotonic() + self._heartbeat_s
            pause = self._heartbeat()
            if pause > 0:
                return pause
        pause = self._send_reads()
        return pause if pause > 0 or self._car is None else self._car.round(self._link)

    def _send_reads(self) -> float:
        while not self._stop.is_set():
            batch = self._spool.next_batch()
            if batch is not None:
                reply = self.send_batch(batch)
            else:
                image = self._spool.next_image()
                if image is None:
                    return 0.0
                reply = self._send_image(image.sha256, image.data)
            if not reply.done and reply.wait_s > 0 and not reply.hopeless:
                return reply.wait_s
        return 0.0

    def _last_round(self) -> None:
        """Text that was stored while stopping still leaves, unless the line is down."""
        deadline = time.monotonic() + _LAST_TRY_S
        while time.monotonic() < deadline:
            batch = self._spool.next_batch()
            if batch is None or not self.send_batch(batch).done:
                return

    def send_batch(self, batch: Batch) -> Reply:
        """Send one batch and take in the answer."""
        message = ReadBatch(
            reader=self._link.reader,
            batch_id=batch.batch_id,
            sequence=batch.reads[0].sequence,
            sent_at=utc_now(),
            clock=self._clock.now(),
            reads=batch.reads,
        )
        reply = self._link.send("POST", "/v1/batches", msgspec.json.encode(message), kind=_JSON)
        if reply.done:
            self._acknowledged(batch, reply)
        elif reply.hopeless:
            self._unusable(batch, reply)
        return reply

    def _acknowledged(self, batch: Batch, reply: Reply) -> None:
        try:
            ack = msgspec.json.decode(reply.body, type=BatchAck)
        except msgspec.DecodeError:
            # Committed there all the same: the status says so. Its pictures are lost to it.
            _log.error("the back office's answer to a batch cannot be read")
            self._spool.acknowledge(batch.batch_id, ())
            return
        self._spool.acknowledge(batch.batch_id, ack.images_wanted)
        self.counts.update(accepted=ack.accepted, duplicates=ack.duplicates, batches=1)
        for reason, count in Counter(str(r.reason) for r in ack.rejected).items():
            self.counts[reason] += count
            _log.warning("the back office refused %d read(s): %s", count, reason)

    def _unusable(self, batch: Batch, reply: Reply) -> None:
        """A batch that can never be taken as it is must not hold up those behind it."""
        if self._spool.split(batch.batch_id):
            return
        self.counts["unusable"] += 1
        _log.error(
            "read %s was dropped: the back office cannot take it (%d %s)",
            batch.reads[0].id,
            reply.status,
            reply.reason,
        )
        self._spool.acknowledge(batch.batch_id, ())

    def _send_image(self, sha256: str, data: bytes) -> Reply:
        reply = self._link.send("PUT", f"/v1/images/{sha256}", data, kind="image/jpeg")
        if reply.done or reply.hopeless:
            if reply.hopeless:
                _log.error("a picture was refused for good: %d %s", reply.status, reply.reason)
            self._spool.image_done(sha256)
            self.counts["images"] += reply.done
        return reply

    def _heartbeat(self) -> float:
        state = self._spool.state()
        message = Heartbeat(
            reader=self._link.reader,
            sent_at=utc_now(),
            clock=self._clock.now(),
            next_sequence=state.next_sequence,
            spooled_reads=state.reads,
            oldest_spooled_at=state.oldest,
            software_version=self._version,
            cameras=self._health.statuses(),
        )
        before = time.time()
        reply = self._link.send("POST", "/v1/heartbeats", msgspec.json.encode(message), kind=_JSON)
        if not reply.done:
            return 0.0 if reply.hopeless else reply.wait_s
        try:
            ack = msgspec.json.decode(reply.body, type=HeartbeatAck)
        except msgspec.DecodeError:
            return 0.0
        self._link.heard_time(ack.server_time, before=before)
        return 0.0
