"""A snapshot as ingest holds it: mapped into memory, entries decoded only when they hit."""

import hashlib
import mmap
from pathlib import Path
from typing import Any, Final, Self

import msgspec
import numpy as np
import numpy.typing as npt

from openanpr.matching.entries import SnapshotEntry
from openanpr.matching.layout import (
    HEADER_ROOM,
    LENGTH,
    MAGIC,
    PATTERN_KEY,
    Header,
    columns_of,
    entries_start,
)

_decoder: Final = msgspec.json.Decoder(SnapshotEntry)
_BLOCK: Final = 1 << 20
Column = npt.NDArray[Any]


class SnapshotError(ValueError):
    """A file that is no snapshot, is cut short or has been altered."""


class HotlistSnapshot:
    """Every entry of every list at one version. Immutable; safe to share between threads.

    `keys`, `valid_from` and `weed_at` are one row an entry, sorted by key; `near_keys` (sorted)
    and `near_positions` lead to the entries that match marks near theirs.
    """

    def __init__(self, *, header: Header, columns: dict[str, Column], entries: memoryview):
        self.version: Final = header.version
        self.digest: Final = header.sha256
        self.keys: Final = columns["key"]
        self.valid_from: Final = columns["valid_from"]
        self.weed_at: Final = columns["weed_at"]
        self.near_keys: Final = columns["near_key"]
        self.near_positions: Final = columns["near_position"]
        self.patterns: Final = int(np.searchsorted(self.keys, PATTERN_KEY + 1))
        """So many entries, from the first on, are patterns."""
        self._start: Final = columns["start"]
        self._length: Final = columns["length"]
        self._entries: Final = entries

    @classmethod
    def load(cls, path: Path) -> Self:
        """Map the file at `path`; SnapshotError when it is not whole, OSError when absent."""
        with path.open("rb") as file:
            # Read once for the digest, not through the mapping: pages read so count for nobody.
            head = file.read(HEADER_ROOM)
            header = _header(head, size=path.stat().st_size)
            digest = hashlib.sha256()
            while block := file.read(_BLOCK):
                digest.update(block)
            if digest.hexdigest() != header.sha256:
                raise SnapshotError("the snapshot file does not fit its own digest")
            view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        columns = {
            name: np.frombuffer(view, dtype=kind, count=rows, offset=start)
            if rows
            else np.zeros(0, dtype=kind)
            for name, kind, rows, start in columns_of(header.count, header.near)
        }
        return cls(header=header, columns=columns, entries=view[header.entries_start :])

    @classmethod
    def empty(cls) -> Self:
        """A snapshot of version 0 that matches nothing: what ingest has before the first one."""
        header = Header(
            version=0, count=0, near=0, entries_start=HEADER_ROOM, size=HEADER_ROOM, sha256=""
        )
        columns: dict[str, Column] = {
            name: np.zeros(0, dtype=kind) for name, kind, _, _ in columns_of(0, 0)
        }
        return cls(header=header, columns=columns, entries=memoryview(b""))

    def __len__(self) -> int:
        return len(self.keys)

    def entry(self, position: int) -> SnapshotEntry:
        """The entry at a position of the index, 0 up to `len`."""
        start = int(self._start[position])
        return _decoder.decode(self._entries[start : start + int(self._length[position])])


def _header(head: bytes, *, size: int) -> Header:
    if not head:
        raise SnapshotError("the snapshot file is empty")
    if len(head) < HEADER_ROOM or head[: len(MAGIC)] != MAGIC:
        raise SnapshotError("the file is no snapshot of lists")
    (length,) = LENGTH.unpack(head[len(MAGIC) : len(MAGIC) + LENGTH.size])
    start = len(MAGIC) + LENGTH.size
    try:
        header = msgspec.json.decode(head[start : start + length], type=Header)
    except msgspec.DecodeError:
        raise SnapshotError("the snapshot's header cannot be read") from None
    if header.size != size or header.entries_start != entries_start(header.count, header.near):
        raise SnapshotError("the snapshot file is cut short")
    return header
