"""What a force sends to the national centre beside its batches of reads.

The reads themselves go up as any reader's do, to `/v1/batches`. Before a batch goes its note of
consignment, which says whose reads these are and where each came from; pictures follow by the hash
that the read names.
"""

import uuid
from datetime import date
from typing import Annotated, Final

from msgspec import Meta, Struct

from openanpr.wire.reads import (
    CameraName,
    Instant,
    Latitude,
    Longitude,
    Printable,
    Sequence,
    Sha256,
)

MAX_CAMERAS: Final = 20_000
MAX_REGISTER_BYTES: Final = 16_000_000

Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$(?!\n)")]
Code = Annotated[str, Meta(pattern=r"^[A-Za-z0-9-]{1,8}$(?!\n)")]


class Section(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Reads that came to the force in one batch: as many as there are `sequences`, in that order.

    `reader` and `batch_id` are the force's own, `sequences` the reader's own numbers, `received_at`
    when the force received them, `clock_offset_ms` how far the reader's clock was off.
    """

    reader: uuid.UUID
    batch_id: uuid.UUID
    received_at: Instant
    sequences: Annotated[tuple[Sequence, ...], Meta(max_length=100)]
    clock_offset_ms: float | None = None


class Consignment(Struct, frozen=True, kw_only=True):
    """The note that goes before the batch of the same `batch_id`: whose reads, and whence."""

    batch_id: uuid.UUID
    force: Code
    controller: Name
    sections: Annotated[tuple[Section, ...], Meta(max_length=100)]


class RegisteredSite(Struct, frozen=True, kw_only=True):
    """A site of the force (WGS 84 degrees)."""

    code: Name
    name: Name
    area_name: Name
    latitude: Latitude
    longitude: Longitude
    sensitive: bool = False


class RegisteredCamera(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A camera of the force: at the site of that code, or in the vehicle of that call sign."""

    camera: CameraName
    name: Name
    area_name: Name
    direction: Printable = ""
    site: Name | None = None
    callsign: Name | None = None


class Register(Struct, frozen=True, kw_only=True):
    """The whole register of the force's cameras and their sites; sent again when it changed."""

    force: Code
    sites: Annotated[tuple[RegisteredSite, ...], Meta(max_length=MAX_CAMERAS)]
    cameras: Annotated[tuple[RegisteredCamera, ...], Meta(max_length=MAX_CAMERAS)]


class RegisterAck(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whether the centre has taken up the register of this SHA-256; `problem` says what it left."""

    sha256: Sha256
    applied: bool
    problem: str = ""


class Holding(Struct, frozen=True, kw_only=True):
    """How many reads captured on that day (UTC) the centre holds of the force that asks."""

    day: date
    held: int
