"""JPEG files within the limits of a plate patch and an overview, free of metadata."""

from dataclasses import dataclass
from typing import Final

import cv2

from openanpr.imaging.decode import decode
from openanpr.imaging.frames import Picture, fit_within, resize

_QUALITIES: Final = (90, 82, 74, 66, 58, 50, 42, 34)
_SHRINK: Final = 0.85


@dataclass(frozen=True, slots=True)
class JpegLimits:
    """The largest a JPEG file may be: size in pixels and in bytes."""

    width: int
    height: int
    max_bytes: int


# The Met's published impact assessment quotes these from the national technical specifications.
PATCH_LIMITS: Final = JpegLimits(width=120, height=60, max_bytes=3_000)
OVERVIEW_LIMITS: Final = JpegLimits(width=1280, height=960, max_bytes=25_000)


class EncodeProblem(ValueError):
    """A picture that no quality or size brings within the limits."""


def encode_jpeg(picture: Picture, *, limits: JpegLimits) -> bytes:
    """The picture as JPEG within `limits`: the best quality that fits, then a smaller size.

    Nothing but pixels goes in, so no metadata of the source survives. Raises EncodeProblem.
    """
    fitted = fit_within(picture, width=limits.width, height=limits.height)
    while True:
        coded = _best_quality(fitted, max_bytes=limits.max_bytes)
        if coded is not None:
            return coded
        height, width = fitted.shape[:2]
        if min(height, width) <= 8:
            raise EncodeProblem(f"no size brings the picture under {limits.max_bytes} bytes")
        fitted = resize(fitted, width=int(width * _SHRINK), height=int(height * _SHRINK))


def patch_jpeg(picture: Picture) -> bytes:
    """The picture of a plate, at most 120 x 60 pixels and 3,000 bytes."""
    return encode_jpeg(picture, limits=PATCH_LIMITS)


def overview_jpeg(picture: Picture) -> bytes:
    """The picture of the scene, at most 25,000 bytes."""
    return encode_jpeg(picture, limits=OVERVIEW_LIMITS)


def reencode(data: bytes, *, limits: JpegLimits) -> bytes:
    """A foreign picture file as a JPEG of our own within `limits`, without its metadata.

    Raises PictureProblem for what is no picture, EncodeProblem for what can't be made to fit.
    """
    return encode_jpeg(decode(data), limits=limits)


def _best_quality(picture: Picture, *, max_bytes: int) -> bytes | None:
    low, high = 0, len(_QUALITIES) - 1
    best: bytes | None = None
    while low <= high:
        middle = (low + high) // 2
        coded = _jpeg(picture, quality=_QUALITIES[middle])
        if len(coded) <= max_bytes:
            best, high = coded, middle - 1
        else:
            low = middle + 1
    return best


def _jpeg(picture: Picture, *, quality: int) -> bytes:
    options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1]
    done, coded = cv2.imencode(".jpg", picture, options)
    if not done:
        raise EncodeProblem("the picture can't be written as JPEG")
    return coded.tobytes()
