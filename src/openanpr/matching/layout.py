"""How a snapshot file is laid out: a header, four index arrays sorted by mark, the entries as JSON.

magic (8 bytes) · length of the header (uint32, little-endian) · header (JSON) · padding to 8 bytes
· index · entries. The header names the version, the counts and the SHA-256 of all that follows it.
"""

import struct
from typing import Final

import numpy as np
from msgspec import Struct

MAGIC: Final = b"OANPRHL1"
LENGTH: Final = struct.Struct("<I")
HEADER_ROOM: Final = 512
"""The index starts here: the header is written last, when its digest is known."""

INDEX: Final = np.dtype(
    [
        ("key", "<u8"),  # packed canonical mark
        ("valid_from", "<i8"),  # microseconds since 1970, UTC
        ("weed_at", "<i8"),
        ("start", "<u8"),  # of the entry's JSON, from the start of the entries
        ("length", "<u4"),
    ]
)


class Header(Struct, frozen=True, kw_only=True):
    """What the file says of itself."""

    version: int
    count: int
    entries_start: int
    size: int
    sha256: str
