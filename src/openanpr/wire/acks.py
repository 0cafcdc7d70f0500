"""What the back office answers."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct


class RejectionReason(StrEnum):
    """Why one read was not stored; its neighbours in the batch are not touched by it."""

    UNREADABLE = "unreadable"
    BAD_VRM = "bad-vrm"
    BAD_CONFIDENCE = "bad-confidence"
    BAD_TIME = "bad-time"
    BAD_FIELD = "bad-field"
    CAMERA_UNKNOWN = "camera-unknown"
    CAMERA_NOT_YOURS = "camera-not-yours"
    CAMERA_NOT_APPROVED = "camera-not-approved"
    CAMERA_SUSPENDED = "camera-suspended"
    CAMERA_RETIRED = "camera-retired"
    BEYOND_RETENTION = "beyond-retention"
    CAPTURED_IN_THE_FUTURE = "captured-in-the-future"


class Rejection(Struct, frozen=True, kw_only=True):
    """One read that was refused: its place in the batch, its id if that could be read, and why.

    `detail` is a plain sentence for the engineer at the reader; it never repeats the mark.
    """

    index: int
    id: str | None
    reason: RejectionReason
    detail: str


class BatchAck(Struct, frozen=True, kw_only=True):
    """The answer 202: everything counted here is committed to disk.

    `accepted` counts reads stored now, `duplicates` those stored before, `late` those of the
    accepted that came late. `quarantined` counts reads from the future, which are kept apart and
    raise no alert; they stand in `rejected` too and must not be sent again. `images_wanted` are the
    hashes to send to `/v1/images/<sha256>`.
    """

    batch_id: uuid.UUID
    accepted: int
    duplicates: int
    late: int
    rejected: tuple[Rejection, ...]
    quarantined: int
    images_wanted: tuple[str, ...]


class HeartbeatAck(Struct, frozen=True, kw_only=True):
    """The answer 200 to a heartbeat: the server's time and the cameras whose reads it refuses."""

    server_time: datetime
    suspended: tuple[str, ...]


class ServerTime(Struct, frozen=True, kw_only=True):
    """The answer of `/v1/time`, for a reader whose clock is too wrong to sign with."""

    server_time: datetime
    unix_ms: int


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Any answer from 400 up: a code for programs, a sentence for people.

    `retry` says whether sending the same again later may work.
    """

    reason: Annotated[str, Meta(description="a word for programs, such as device-revoked")]
    detail: str
    retry: bool = False
    server_time: datetime | None = None
