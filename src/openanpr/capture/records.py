"""From what the reader says of a vehicle to the read that travels, and its two pictures."""

import hashlib
import math
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openanpr.capture.track import Position
from openanpr.imaging import (
    OVERVIEW_LIMITS,
    EncodeProblem,
    JpegLimits,
    Picture,
    crop,
    encode_jpeg,
    patch_jpeg,
    probe,
)
from openanpr.reading import Box, Decoded, PlateReading, VehicleRead
from openanpr.wire import Alternative, Read, uuid7
from openanpr.wire.reads import Direction

_PATCH_MARGIN: Final = 0.12
_ALTERNATIVES: Final = 10
_COUNTRY: Final = re.compile(r"[A-Z]{1,3}")
# A picture larger than this never fits into the bytes allowed: starting here saves many tries.
_OVERVIEW: Final = JpegLimits(width=800, height=600, max_bytes=OVERVIEW_LIMITS.max_bytes)
_DIRECTIONS: Final[dict[str | None, Direction]] = {"towards": "approaching", "away": "departing"}


@dataclass(frozen=True, slots=True)
class Image:
    """A JPEG file and its SHA-256 in hex."""

    sha256: str
    data: bytes

    @classmethod
    def of(cls, data: bytes) -> "Image":
        """Return the file with its hash."""
        return cls(hashlib.sha256(data).hexdigest(), data)


@dataclass(frozen=True, slots=True)
class Capture:
    """A read without its sequence number, which the spool gives, and the pictures it names."""

    read: Read
    images: tuple[Image, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Which camera speaks, where it is if it moves, and whether it sends overviews."""

    camera: str
    position: Position | None = None
    overview: bool = True


def of_vehicle(vehicle: VehicleRead, place: Place) -> Capture:
    """Return the capture of a vehicle that was followed over frames."""
    return _capture(
        text=vehicle.text,
        at=vehicle.best_at,
        box=vehicle.box,
        pictures=(vehicle.patch, vehicle.overview),
        model=vehicle.model,
        place=place,
        direction=_DIRECTIONS.get(vehicle.direction),
        seen=(vehicle.first_at, vehicle.last_at),
    )


def of_picture(reading: PlateReading, picture: Picture, at: datetime, place: Place) -> Capture:
    """Return the capture of a plate read in a picture that stands alone."""
    box = reading.box
    patch = crop(
        picture, x=box.x, y=box.y, width=box.width, height=box.height, margin=_PATCH_MARGIN
    )
    return _capture(
        text=reading.text,
        at=at,
        box=box,
        pictures=(patch, picture),
        model=reading.model,
        place=place,
        direction=None,
        seen=None,
    )


def _capture(
    *,
    text: Decoded,
    at: datetime,
    box: Box,
    pictures: tuple[Picture, Picture],
    model: str,
    place: Place,
    direction: Direction | None,
    seen: tuple[datetime, datetime] | None,
) -> Capture:
    patch = _coded_patch(pictures[0])
    overview = _coded_overview(pictures[1]) if place.overview else None
    read = Read(
        id=uuid7(),
        sequence=0,
        camera=place.camera,
        vrm=text.vrm,
        raw_vrm=text.raw,
        confidence=_share(text.confidence),
        captured_at=at,
        alternatives=tuple(
            Alternative(vrm=other.vrm, confidence=_share(other.confidence))
            for other in text.candidates
            if other.vrm != text.vrm
        )[:_ALTERNATIVES],
        country=text.country if text.country and _COUNTRY.fullmatch(text.country) else None,
        direction=direction,
        box=_scaled(box, pictures[1], overview),
        latitude=None if place.position is None else place.position.latitude,
        longitude=None if place.position is None else place.position.longitude,
        patch_sha256=None if patch is None else patch.sha256,
        overview_sha256=None if overview is None else overview.sha256,
        model_version=model,
        first_seen_at=None if seen is None else seen[0],
        last_seen_at=None if seen is None else seen[1],
    )
    return Capture(read, tuple(image for image in (patch, overview) if image is not None))


def _coded_patch(picture: Picture) -> Image | None:
    try:
        return Image.of(patch_jpeg(picture))
    except EncodeProblem:
        return None


def _coded_overview(picture: Picture) -> Image | None:
    try:
        return Image.of(encode_jpeg(picture, limits=_OVERVIEW))
    except EncodeProblem:
        return None


def _scaled(box: Box, picture: Picture, overview: Image | None) -> tuple[int, int, int, int] | None:
    """The plate's box in the overview as it is sent, which may be smaller than the frame."""
    if overview is None:
        return None
    scale = probe(overview.data).width / picture.shape[1]
    return (
        round(box.x * scale), round(box.y * scale),
        max(1, round(box.width * scale)), max(1, round(box.height * scale)),
    )  # fmt: skip


def _share(value: float) -> float:
    return min(1.0, max(0.0, round(float(value), 4))) if math.isfinite(value) else 0.0
