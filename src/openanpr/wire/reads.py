"""A batch of reads, as a reader posts it to `/v1/batches`.

Times are ISO 8601 with an offset. A mark (`vrm`) is normalised before it travels: A-Z and 0-9 only.
"""

import uuid
from datetime import datetime
from typing import Annotated, Final, Literal

from msgspec import Meta, Raw, Struct

MAX_READS: Final = 100
MAX_BATCH_BYTES: Final = 1_000_000
MAX_IMAGE_BYTES: Final = 2_000_000

# "$(?!\n)" means the end of the text both here and in a JSON Schema; "$" alone would let a
# trailing line feed through in Python.
Mark = Annotated[str, Meta(pattern=r"^[A-Z0-9]{1,12}$(?!\n)", description="normalised mark")]
Printable = Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)", max_length=64)]
CameraName = Annotated[
    str,
    Meta(
        pattern=r"^[^/\x00-\x1f\x7f]{1,32}/[^/\x00-\x1f\x7f]{1,32}/[^/\x00-\x1f\x7f]{1,32}$(?!\n)",
        description="feed/source/camera, the three-part identity of a camera",
    ),
]
Instant = Annotated[datetime, Meta(tz=True)]
Confidence = Annotated[float, Meta(ge=0, le=1)]
Sequence = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)", description="SHA-256 in hex")]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]
ClockSource = Literal["ntp", "gps", "system", "none"]
Direction = Literal["approaching", "departing", "unknown"]
BATCH_SCHEMA: Final = "openanpr.batch.v1"


class Clock(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The reader's clock: what disciplines it and how far it was off, in milliseconds, if known."""

    source: ClockSource = "none"
    offset_ms: Annotated[float, Meta(ge=-1e9, le=1e9)] | None = None


class Alternative(Struct, frozen=True, kw_only=True):
    """Another mark that the plate may bear, and how likely it is (0 to 1)."""

    vrm: Mark
    confidence: Confidence


class Read(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One vehicle's mark as one camera read it at one moment.

    `id` is a version 7 UUID made once by the reader; `sequence` counts the reads of the reader
    without gaps. `box` is [x, y, width, height] of the plate in the overview picture, in pixels.
    Latitude and longitude (WGS 84 degrees) are sent by moving cameras only.
    """

    id: uuid.UUID
    sequence: Sequence
    camera: CameraName
    vrm: Mark
    confidence: Confidence
    captured_at: Instant
    raw_vrm: Printable = ""
    alternatives: Annotated[tuple[Alternative, ...], Meta(max_length=10)] = ()
    country: Annotated[str, Meta(pattern=r"^[A-Z]{1,3}$(?!\n)")] | None = None
    direction: Direction | None = None
    box: tuple[int, int, int, int] | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    patch_sha256: Sha256 | None = None
    overview_sha256: Sha256 | None = None
    model_version: Printable = ""
    first_seen_at: Instant | None = None
    last_seen_at: Instant | None = None


class ReadBatch(Struct, frozen=True, kw_only=True):
    """Up to 100 reads of one reader, in the order of their sequence. Made by a reader.

    `reader` is the id of the device credential; `sequence` is that of the first read. A batch sent
    again keeps its `batch_id` and its reads their `id`.
    """

    reader: uuid.UUID
    batch_id: uuid.UUID
    sequence: Sequence
    sent_at: Instant
    clock: Clock
    reads: Annotated[tuple[Read, ...], Meta(max_length=MAX_READS)]
    schema: Literal["openanpr.batch.v1"] = BATCH_SCHEMA


class RawBatch(Struct, frozen=True, kw_only=True):
    """The same batch as a server first opens it: each read undecoded, so a bad one harms none."""

    schema: Literal["openanpr.batch.v1"]
    reader: uuid.UUID
    batch_id: uuid.UUID
    sequence: Sequence
    sent_at: Instant
    clock: Clock
    reads: Annotated[tuple[Raw, ...], Meta(max_length=MAX_READS)]


def camera_key(*, feed_id: str, source_id: str, camera_number: str) -> str:
    """The name of a camera on the wire: `feed/source/camera`."""
    return f"{feed_id}/{source_id}/{camera_number}"
