"""How a snapshot file is laid out: a header, columns of the index sorted by mark, the entries.

magic (8 bytes) · length of the header (uint32, little-endian) · header (JSON) · padding to 512
bytes · columns · entries as JSON. The header names the version, the counts and the SHA-256 of all
that follows it. Each column is contiguous and begins at a multiple of 8 bytes, so that it is used
where it lies in the mapped file: processes share its pages and hold nothing of their own.

The key of a pattern is 0, which is no mark's, so that patterns stand first. The second index leads
from each mark that may be taken for that of a "near" entry, and from its own, to the entry.
"""

import struct
from typing import Final

import numpy as np
from msgspec import Struct

MAGIC: Final = b"OANPRHL2"
LENGTH: Final = struct.Struct("<I")
HEADER_ROOM: Final = 512
"""The columns start here: the header is written last, when its digest is known."""
PATTERN_KEY: Final = 0

COLUMNS: Final[tuple[tuple[str, str], ...]] = (
    ("key", "<u8"),  # packed canonical mark
    ("valid_from", "<i8"),  # microseconds since 1970, UTC
    ("weed_at", "<i8"),
    ("start", "<u8"),  # of the entry's JSON, from the start of the entries
    ("length", "<u4"),
)
NEAR_COLUMNS: Final[tuple[tuple[str, str], ...]] = (
    ("near_key", "<u8"),
    ("near_position", "<u4"),  # in the columns above
)


class Header(Struct, frozen=True, kw_only=True):
    """What the file says of itself."""

    version: int
    count: int
    near: int
    entries_start: int
    size: int
    sha256: str


def columns_of(count: int, near: int) -> list[tuple[str, str, int, int]]:
    """Name, type, rows and start in the file of each column, in order."""
    found = []
    start = HEADER_ROOM
    for columns, rows in ((COLUMNS, count), (NEAR_COLUMNS, near)):
        for name, kind in columns:
            found.append((name, kind, rows, start))
            start += padded(rows * np.dtype(kind).itemsize)
    return found


def entries_start(count: int, near: int) -> int:
    """Where the entries begin."""
    _, kind, rows, start = columns_of(count, near)[-1]
    return start + padded(rows * np.dtype(kind).itemsize)


def padded(size: int) -> int:
    """The next multiple of 8."""
    return (size + 7) & ~7
