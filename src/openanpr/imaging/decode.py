"""Pictures from bytes and files: what they are and how large, known before they are decoded."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from openanpr.imaging.frames import Picture, as_picture

MAX_BYTES: Final = 32 * 1024 * 1024
MAX_PIXELS: Final = 80_000_000

_PNG_MAGIC: Final = b"\x89PNG\r\n\x1a\n"
_JPEG_NO_LENGTH: Final = frozenset({0x01, *range(0xD0, 0xD9)})
_JPEG_SIZES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class PictureProblem(ValueError):
    """Bytes that are no picture that can be used. The message says why in plain words."""


@dataclass(frozen=True, slots=True)
class PictureKind:
    """What the bytes of a picture say of themselves: format and size in pixels."""

    format: str
    width: int
    height: int


def probe(data: bytes) -> PictureKind:
    """The format and size of a picture, read from its bytes without decoding it.

    Raises PictureProblem for bytes that are no JPEG, PNG, WebP or BMP, or end too early.
    """
    if not data:
        raise PictureProblem("the file is empty")
    for magic, look in _FORMATS:
        if data.startswith(magic):
            try:
                return look(data)
            except (struct.error, IndexError):
                raise PictureProblem("the picture is cut off") from None
    raise PictureProblem("this is no JPEG, PNG, WebP or BMP picture")


def decode(data: bytes, *, max_bytes: int = MAX_BYTES, max_pixels: int = MAX_PIXELS) -> Picture:
    """The picture in `data` as BGR uint8, turned as its camera said it was held.

    Raises PictureProblem: too many bytes or pixels (known before decoding), no picture, cut off.
    """
    if len(data) > max_bytes:
        raise PictureProblem(f"the file has {len(data):,} bytes, above the limit of {max_bytes:,}")
    kind = probe(data)
    if kind.width < 1 or kind.height < 1 or kind.width * kind.height > max_pixels:
        raise PictureProblem(
            f"the picture has {kind.width} x {kind.height} pixels,"
            f" above the limit of {max_pixels:,} in all"
        )
    try:
        picture = cv2.imdecode(np.frombuffer(data, dtype=np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        picture = None
    if picture is None:
        raise PictureProblem(f"the {kind.format} picture is damaged")
    return as_picture(picture)


def load(path: Path, *, max_bytes: int = MAX_BYTES, max_pixels: int = MAX_PIXELS) -> Picture:
    """The picture in a file, as `decode` gives it; PictureProblem too where it can't be read."""
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise PictureProblem(f"the file has {size:,} bytes, above the limit of {max_bytes:,}")
        data = path.read_bytes()
    except OSError as problem:
        raise PictureProblem((problem.strerror or "the file can't be read").lower()) from None
    return decode(data, max_bytes=max_bytes, max_pixels=max_pixels)


def _jpeg(data: bytes) -> PictureKind:
    at = 2
    size: tuple[int, int] | None = None
    while True:
        if data[at] != 0xFF:
            raise PictureProblem("the JPEG picture is damaged")
        marker = data[at + 1]
        if marker == 0xFF:  # padding before a marker
            at += 1
        elif marker in _JPEG_NO_LENGTH:
            at += 2
        elif marker == 0xDA:
            break
        else:
            (length,) = struct.unpack_from(">H", data, at + 2)
            if marker in _JPEG_SIZES:
                height, width = struct.unpack_from(">HH", data, at + 5)
                size = (width, height)
            at += 2 + length
    # Within coded data 0xFF is always followed by a zero, so this can only be the end marker.
    if size is None or data.rfind(b"\xff\xd9", at) < 0:
        raise PictureProblem("the picture is cut off")
    return PictureKind("JPEG", *size)


def _png(data: bytes) -> PictureKind:
    width, height = struct.unpack_from(">II", data, 16)
    if data.rfind(b"IEND") < 0:
        raise PictureProblem("the picture is cut off")
    return PictureKind("PNG", width, height)


def _bmp(data: bytes) -> PictureKind:
    (start,) = struct.unpack_from("<I", data, 10)
    width, height, _, bits, compression = struct.unpack_from("<iiHHI", data, 18)
    stride = (abs(width) * bits + 31) // 32 * 4
    if compression == 0 and len(data) < start + stride * abs(height):
        raise PictureProblem("the picture is cut off")
    return PictureKind("BMP", abs(width), abs(height))


def _webp(data: bytes) -> PictureKind:
    if data[8:12] != b"WEBP":
        raise PictureProblem("this is no JPEG, PNG, WebP or BMP picture")
    (size,) = struct.unpack_from("<I", data, 4)
    if len(data) < size + 8:
        raise PictureProblem("the picture is cut off")
    form = data[12:16]
    if form == b"VP8X":
        width = int.from_bytes(data[24:27], "little") + 1
        height = int.from_bytes(data[27:30], "little") + 1
    elif form == b"VP8L":
        (packed,) = struct.unpack_from("<I", data, 21)
        width, height = (packed & 0x3FFF) + 1, ((packed >> 14) & 0x3FFF) + 1
    else:
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", data, 26))
    return PictureKind("WebP", width, height)


_FORMATS: Final = (
    (b"\xff\xd8", _jpeg),
    (_PNG_MAGIC, _png),
    (b"BM", _bmp),
    (b"RIFF", _webp),
)
