"""Sends what waits to the centre: register, then parcels one after another, then pictures.

One sender a force, held to by a lock in the database. Whatever is killed, here or there, the parcel
under way is sent again under its own number until its receipt is kept.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
import psycopg

from openanpr.cameras.models import Camera
from openanpr.capture.clock import ClockWatch
from openanpr.capture.link import Link, Reply
from openanpr.federation import parcels
from openanpr.federation.parcels import Receipt, UnderWay
from openanpr.federation.registers import encoded, own_register
from openanpr.reads.images import ImageStore
from openanpr.reads.onward import OnwardRead, reads_named
from openanpr.wire import BatchAck, ReadBatch, Rejection, RejectionReason
from openanpr.wire.federation import Consignment, RegisterAck, Section

_log = logging.getLogger(__name__)

IDLE_S: Final = 0.5
_AGAIN_S: Final = 2.0
_HOPELESS_S: Final = 60.0
_RECEIPTS_KEPT: Final = timedelta(days=35)
_JSON: Final = "application/json"
_LOCK: Final = "select pg_try_advisory_lock(hashtext('openanpr.federation'))"
# The centre does not know these cameras yet: told of them, it may take the same reads.
_UNKNOWN_CAMERA: Final = {RejectionReason.CAMERA_UNKNOWN, RejectionReason.CAMERA_NOT_YOURS}
_TRIES_FOR_CAMERAS: Final = 3
_PICTURES: Final = """
select p.received_sha256,
    (array_agg(i.stored_sha256) filter (where i.stored_sha256 is not null))[1],
    count(i.received_sha256)
from federation_picture p left join read_image i on i.received_sha256 = p.received_sha256
group by p.received_sha256
having count(i.received_sha256) = 0 or count(i.stored_sha256) > 0
order by min(p.asked_at) limit 50
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Force:
    """Who sends: the code by which the centre knows the force, and the controller of its reads."""

    code: str
    controller: str


class AnotherSender(Exception):
    """Another process of this force sends already."""


class Sender:
    """One line to the centre over one database connection (autocommit, as the sending role)."""

    def __init__(
        self,
        *,
        connection: psycopg.Connection[Any],
        link: Link,
        clock: ClockWatch,
        force: Force,
        images: ImageStore,
        now: Callable[[], datetime],
    ) -> None:
        """Nothing is sent before `round`. Raises AnotherSender."""
        (mine,) = connection.execute(_LOCK).fetchone() or (False,)
        if not mine:
            raise AnotherSender
        self._connection = connection
        self._link = link
        self._clock = clock
        self._force = force
        self._images = images
        self._now = now
        self._registered = ""
        self._camera_tries = 0
        self._problem: str | None = None

    def round(self) -> float:
        """Send one thing; how many seconds to wait before the next. Raises psycopg.Error."""
        pause = self._register()
        if pause > 0:
            return pause
        at = self._now()
        parcel = parcels.under_way(self._connection) or parcels.take_up(self._connection, at=at)
        if parcel is not None:
            return self._send(parcel)
        parcels.forget_receipts(self._connection, before=at - _RECEIPTS_KEPT)
        return self._send_pictures()

    def _register(self) -> float:
        """Tell the centre of the cameras where they are other than it was told last."""
        body, digest = encoded(own_register(self._force.code))
        if digest == self._registered:
            return 0.0
        reply = self._link.send("PUT", "/v1/federation/register", body, kind=_JSON)
        if not reply.done:
            return self._failed(reply, "the register of cameras")
        ack = msgspec.json.decode(reply.body, type=RegisterAck)
        if not ack.applied:
            self._say("The centre has not taken up the register of cameras yet.")
            return _AGAIN_S
        self._registered = digest
        self._say(ack.problem)
        return 0.0

    def _send(self, parcel: UnderWay) -> float:
        found = self._reads(parcel)
        gone = frozenset(parcel.read_ids) - found.keys()
        if not found:
            self._settle(parcel, (), None, gone)
            return 0.0
        note = Consignment(
            batch_id=parcel.id,
            force=self._force.code,
            controller=self._force.controller,
            sections=_sections(parcel, found),
        )
        reply = self._link.send(
            "POST", "/v1/federation/consignments", msgspec.json.encode(note), kind=_JSON
        )
        if not reply.done:
            return self._failed(reply, f"the note of parcel {parcel.id}")
        sent = _numbered(parcel, found)
        batch = ReadBatch(
            reader=self._link.reader,
            batch_id=parcel.id,
            sequence=parcel.first_sequence,
            sent_at=self._now(),
            clock=self._clock.now(),
            reads=tuple(one.read for one in sent),
        )
        reply = self._link.send("POST", "/v1/batches", msgspec.json.encode(batch), kind=_JSON)
        if not reply.done:
            return self._failed(reply, f"parcel {parcel.id}")
        ack = msgspec.json.decode(reply.body, type=BatchAck)
        if self._cameras_unknown(ack.rejected):
            return _AGAIN_S
        self._settle(parcel, sent, ack, gone)
        return 0.0

    def _reads(self, parcel: UnderWay) -> dict[UUID, OnwardRead]:
        keys = {camera.id: camera.key for camera in Camera.objects.all()}
        return reads_named(
            self._connection,
            camera_ids=parcel.camera_ids,
            moments=parcel.captured_at,
            read_ids=parcel.read_ids,
            camera_keys=keys,
        )

    def _cameras_unknown(self, rejected: tuple[Rejection, ...]) -> bool:
        """Whether to tell the centre of the cameras again and send the same parcel once more."""
        if not any(one.reason in _UNKNOWN_CAMERA for one in rejected):
            return False
        self._camera_tries += 1
        if self._camera_tries >= _TRIES_FOR_CAMERAS:
            return False
        self._registered = ""
        self._say("The centre does not know a camera of this force yet; it is told again.")
        return True

    def _settle(
        self,
        parcel: UnderWay,
        sent: "tuple[OnwardRead, ...]",
        ack: BatchAck | None,
        gone: frozenset[UUID],
    ) -> None:
        rejected = () if ack is None else ack.rejected
        receipt = Receipt(
            accepted=0 if ack is None else ack.accepted,
            known=0 if ack is None else ack.duplicates,
            refused={sent[one.index].read.id: one.reason.value for one in rejected},
            gone=gone,
            pictures_wanted=() if ack is None else ack.images_wanted,
        )
        parcels.settle(self._connection, parcel, receipt, at=self._now())
        self._camera_tries = 0
        if receipt.refused:
            _log.warning("the centre refused %d reads of a parcel", len(receipt.refused))
        self._say("")

    def _send_pictures(self) -> float:
        """Send pictures that the centre asked for and that have come here meanwhile."""
        rows = self._connection.execute(_PICTURES).fetchall()
        for received, stored, copies in rows:
            if copies and not self._sent_picture(received, stored):
                return _AGAIN_S
            self._connection.execute(
                "delete from federation_picture where received_sha256 = %s", (received,)
            )
        return 0.0 if len(rows) == 50 else IDLE_S

    def _sent_picture(self, received: bytes, stored: bytes) -> bool:
        content = self._images.open(stored.hex())
        if content is None:
            return True
        path = f"/v1/federation/pictures/{received.hex()}"
        reply = self._link.send("PUT", path, content, kind="image/jpeg")
        if reply.hopeless:
            _log.error("the centre refused a picture: %d %s", reply.status, reply.reason)
        return reply.done or reply.hopeless

    def _failed(self, reply: Reply, what: str) -> float:
        said = f"{reply.status} {reply.reason}".strip() if reply.status else reply.reason
        self._say(f"The centre does not take {what}: {said}.")
        return _HOPELESS_S if reply.hopeless else max(reply.wait_s, IDLE_S)

    def _say(self, problem: str) -> None:
        if problem != self._problem:
            parcels.note_problem(self._connection, problem, at=self._now())
            if problem:
                _log.warning("%s", problem)
        self._problem = problem


def _sections(parcel: UnderWay, found: dict[UUID, OnwardRead]) -> tuple[Section, ...]:
    sections = []
    start = 0
    for part in parcel.parts:
        ids = parcel.read_ids[start : start + part.count]
        start += part.count
        here = [found[read_id] for read_id in ids if read_id in found]
        if here:
            sections.append(
                Section(
                    reader=part.reader,
                    batch_id=part.batch_id,
                    received_at=part.received_at,
                    sequences=tuple(one.reader_sequence for one in here),
                    clock_offset_ms=here[0].clock_offset_ms,
                )
            )
    return tuple(sections)


def _numbered(parcel: UnderWay, found: dict[UUID, OnwardRead]) -> tuple[OnwardRead, ...]:
    """The reads in the parcel's order, each with its own number on this line."""
    numbered = []
    for place, read_id in enumerate(parcel.read_ids):
        one = found.get(read_id)
        if one is not None:
            read = msgspec.structs.replace(one.read, sequence=parcel.first_sequence + place)
            numbered.append(OnwardRead(read, one.reader_sequence, one.clock_offset_ms))
    return tuple(numbered)
