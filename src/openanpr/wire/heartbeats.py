"""A reader's sign of life, posted to `/v1/heartbeats` every half minute or so."""

import uuid
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from openanpr.wire.reads import CameraName, Clock, Instant, Printable, Sequence

HEARTBEAT_SCHEMA: Final = "openanpr.heartbeat.v1"


class CameraStatus(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How one camera of the reader fares; `fault` is a short plain text, empty when all is well."""

    camera: CameraName
    last_frame_at: Instant | None = None
    frames: Sequence = 0
    reads: Sequence = 0
    fault: Printable = ""


class Heartbeat(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The reader's state: its clock, what waits in its spool, its next sequence, its cameras."""

    reader: uuid.UUID
    sent_at: Instant
    clock: Clock
    next_sequence: Sequence
    spooled_reads: Sequence = 0
    oldest_spooled_at: Instant | None = None
    software_version: Printable = ""
    cameras: Annotated[tuple[CameraStatus, ...], Meta(max_length=64)] = ()
    schema: Literal["openanpr.heartbeat.v1"] = HEARTBEAT_SCHEMA
