"""Judging the reads of a batch one by one: pure, and a bad read never harms its neighbours."""

import re
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import msgspec

from openanpr.cameras.authority import ENDING_WORDS, Ending, covers, standing
from openanpr.cameras.facts import CameraFacts
from openanpr.cameras.vocabulary import CameraState
from openanpr.ingest.sound import sound_reads
from openanpr.reads.rows import ReadRow
from openanpr.wire import RawBatch, Read, Rejection, RejectionReason

_read_decoder: Final = msgspec.json.Decoder(Read)
_FIELD: Final = re.compile(r"`\$\.([a-z0-9_]+)|required field `([a-z0-9_]+)`")

_BY_FIELD: Final[dict[str, tuple[RejectionReason, str]]] = {
    "vrm": (
        RejectionReason.BAD_VRM,
        "The mark must have 1 to 12 characters, only A to Z and 0 to 9.",
    ),
    "confidence": (
        RejectionReason.BAD_CONFIDENCE,
        "The confidence must be a number from 0 to 1.",
    ),
    "captured_at": (
        RejectionReason.BAD_TIME,
        "The capture time must be ISO 8601 with its offset from UTC.",
    ),
}
_BY_STATE: Final[dict[str, tuple[RejectionReason, str]]] = {
    CameraState.PROPOSED: (
        RejectionReason.CAMERA_NOT_APPROVED,
        "This camera is only proposed; nothing it reads is stored.",
    ),
    CameraState.APPROVED: (
        RejectionReason.CAMERA_NOT_APPROVED,
        "This camera is approved but not live yet; nothing it reads is stored.",
    ),
    CameraState.SUSPENDED: (
        RejectionReason.CAMERA_SUSPENDED,
        "This camera is suspended; nothing it reads is stored.",
    ),
    CameraState.RETIRED: (
        RejectionReason.CAMERA_RETIRED,
        "This camera is retired; nothing it reads is stored.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The times between which a read is taken, and from when it counts as late.

    Captures from `oldest` up to and including `newest`; before `late_before` they are late.
    """

    oldest: datetime
    newest: datetime
    late_before: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A read from the future: kept apart with its content (JSON text)."""

    read_id: uuid.UUID
    camera_id: int
    ahead: timedelta
    content: str


@dataclass(slots=True, kw_only=True)
class Verdict:
    """What is to become of each read of a batch. ``refusals`` counts (camera, reason)."""

    rows: list[ReadRow] = field(default_factory=list)
    cameras: list[CameraFacts] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    refusals: Counter[tuple[str, int, RejectionReason]] = field(default_factory=Counter)


class _Refused(Exception):
    def __init__(
        self, reason: RejectionReason, detail: str, camera: CameraFacts | None = None, key: str = ""
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail
        self.camera_id = camera.id if camera else 0
        self.camera_key = camera.key if camera else key


class _LooseId(msgspec.Struct):
    id: uuid.UUID


def check_batch(
    *,
    batch: RawBatch,
    device_id: uuid.UUID,
    cameras: Mapping[str, CameraFacts],
    limits: Limits,
    at: datetime,
) -> Verdict:
    """Judge every read of the batch that this device sent, received at ``at``."""
    quick = _all_accepted(batch, device_id=device_id, cameras=cameras, limits=limits, at=at)
    if quick is not None:
        return quick
    verdict = Verdict()
    for index, raw in enumerate(batch.reads):
        try:
            read = _decode(raw)
            camera = _camera_of(read, device_id, cameras)
            _require_within_retention(read, camera, limits)
            _require_authority(read, camera, at)
            if read.captured_at > limits.newest:
                _set_apart(verdict, read, camera, at)
                raise _Refused(
                    RejectionReason.CAPTURED_IN_THE_FUTURE,
                    "The capture time lies in the future: the read is kept apart and raises no "
                    "alert. Check the reader's clock.",
                    camera,
                )
        except _Refused as refused:
            verdict.rejections.append(
                Rejection(
                    index=index,
                    id=_id_of(raw),
                    reason=refused.reason,
                    detail=refused.detail,
                )
            )
            verdict.refusals[refused.camera_key, refused.camera_id, refused.reason] += 1
            continue
        verdict.cameras.append(camera)
        verdict.rows.append(
            ReadRow(
                read=read,
                camera_id=camera.id,
                batch_id=batch.batch_id,
                received_at=at,
                clock_offset_ms=batch.clock.offset_ms,
                late=read.captured_at < limits.late_before,
            )
        )
    return verdict


def _all_accepted(
    batch: RawBatch,
    *,
    device_id: uuid.UUID,
    cameras: Mapping[str, CameraFacts],
    limits: Limits,
    at: datetime,
) -> Verdict | None:
    """The verdict on a batch with nothing to refuse; None where something may be."""
    reads = sound_reads(batch)
    if not reads:
        return None
    of_reads = [cameras.get(read.camera) for read in reads]
    known = [camera for camera in of_reads if camera is not None]
    if len(known) < len(of_reads) or any(
        camera.device_id != device_id or camera.state != CameraState.LIVE
        for camera in {camera.id: camera for camera in known}.values()
    ):
        return None
    moments = [read.captured_at for read in reads]
    earliest, latest = min(moments), max(moments)
    if earliest < limits.oldest or latest > limits.newest:
        return None
    spans = (at, earliest, latest)
    for camera in {camera.id: camera for camera in known}.values():
        if not any(all(map(stretch.holds, spans)) for stretch in camera.authority):
            return None
    any_late = earliest < limits.late_before
    offset_ms = batch.clock.offset_ms
    rows = [
        ReadRow(
            read,
            camera.id,
            batch.batch_id,
            at,
            offset_ms,
            any_late and read.captured_at < limits.late_before,
        )
        for read, camera in zip(reads, known, strict=True)
    ]
    return Verdict(rows=rows, cameras=known)


def _decode(raw: msgspec.Raw) -> Read:
    try:
        return _read_decoder.decode(raw)
    except msgspec.ValidationError as error:
        # The error's own text may quote what was sent; only the name of the field is used.
        named = _FIELD.search(str(error))
        name = (named.group(1) or named.group(2)) if named else ""
        reason, detail = _BY_FIELD.get(
            name,
            (
                RejectionReason.BAD_FIELD if name else RejectionReason.UNREADABLE,
                f"The field {name} is missing or not as the schema says."
                if name
                else "This is not a read as the schema says.",
            ),
        )
        raise _Refused(reason, detail) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _Refused(RejectionReason.UNREADABLE, "This read's JSON cannot be read.") from None


def _camera_of(read: Read, device_id: uuid.UUID, cameras: Mapping[str, CameraFacts]) -> CameraFacts:
    camera = cameras.get(read.camera)
    if camera is None:
        raise _Refused(
            RejectionReason.CAMERA_UNKNOWN, "No camera of this name is registered.", key=read.camera
        )
    if camera.device_id != device_id:
        raise _Refused(
            RejectionReason.CAMERA_NOT_YOURS,
            "This camera is registered to another reader.",
            key=read.camera,
        )
    if camera.state != CameraState.LIVE:
        raise _Refused(*_BY_STATE[camera.state], camera)
    return camera


def _require_authority(read: Read, camera: CameraFacts, at: datetime) -> None:
    """Now, and when it was captured: nothing is taken in afterwards that was collected without."""
    now = standing(camera.authority, at=at)
    if not now.collects:
        never = now.ending is Ending.NEVER_GIVEN
        raise _Refused(
            RejectionReason.CAMERA_NOT_APPROVED if never else RejectionReason.CAMERA_SUSPENDED,
            f"This camera may not collect: {ENDING_WORDS[now.ending or Ending.NEVER_GIVEN]}; "
            "nothing it reads is stored.",
            camera,
        )
    if not covers(camera.authority, min(read.captured_at, at)):
        raise _Refused(
            RejectionReason.CAMERA_SUSPENDED,
            "This camera had no authority to collect when the read was captured; it is not stored.",
            camera,
        )


def _require_within_retention(read: Read, camera: CameraFacts, limits: Limits) -> None:
    if read.captured_at < limits.oldest:
        raise _Refused(
            RejectionReason.BEYOND_RETENTION,
            "The read is older than reads are kept; it is not stored.",
            camera,
        )


def _set_apart(verdict: Verdict, read: Read, camera: CameraFacts, at: datetime) -> None:
    verdict.quarantined.append(
        Quarantined(
            read_id=read.id,
            camera_id=camera.id,
            ahead=read.captured_at - at,
            # Encoded anew: unknown fields of the original may hold what PostgreSQL cannot keep.
            content=msgspec.json.encode(read).decode(),
        )
    )


def _id_of(raw: msgspec.Raw) -> str | None:
    try:
        return str(msgspec.json.decode(raw, type=_LooseId).id)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
