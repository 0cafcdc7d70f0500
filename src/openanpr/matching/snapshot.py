"""A snapshot as ingest holds it: mapped into memory, entries decoded only when they hit."""

import hashlib
import mmap
from pathlib import Path
from typing import Any, Final, Self

import msgspec
import numpy as np

from openanpr.matching.entries import SnapshotEntry
from openanpr.matching.layout import HEADER_ROOM, INDEX, LENGTH, MAGIC, Header

_decoder: Final = msgspec.json.Decoder(SnapshotEntry)


class SnapshotError(ValueError):
    """A file that is no snapshot, is cut short or has been altered."""


class HotlistSnapshot:
    """Every entry of every list at one version. Immutable; safe to share between threads."""

    def __init__(self, *, header: Header, index: "np.ndarray[Any, Any]", entries: memoryview):
        self.version: Final = header.version
        self.digest: Final = header.sha256
        # Contiguous copies: a search over a field of a wide record would touch every cache line.
        self.keys: Final = np.ascontiguousarray(index["key"])
        self.valid_from: Final = np.ascontiguousarray(index["valid_from"])
        self.weed_at: Final = np.ascontiguousarray(index["weed_at"])
        self._index: Final = index
        self._entries: Final = entries

    @classmethod
    def load(cls, path: Path) -> Self:
        """Map the file at `path`; SnapshotError when it is not whole, OSError when absent."""
        with path.open("rb") as file:
            try:
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError:  # an empty file cannot be mapped
                raise SnapshotError("the snapshot file is empty") from None
        view = memoryview(mapped)
        header = _header(view)
        if hashlib.sha256(view[HEADER_ROOM:]).hexdigest() != header.sha256:
            raise SnapshotError("the snapshot file does not fit its own digest")
        index = np.frombuffer(
            view[HEADER_ROOM : header.entries_start], dtype=INDEX, count=header.count
        )
        return cls(header=header, index=index, entries=view[header.entries_start :])

    @classmethod
    def empty(cls) -> Self:
        """A snapshot of version 0 that matches nothing: what ingest has before the first one."""
        header = Header(version=0, count=0, entries_start=HEADER_ROOM, size=HEADER_ROOM, sha256="")
        return cls(header=header, index=np.zeros(0, dtype=INDEX), entries=memoryview(b""))

    def __len__(self) -> int:
        return len(self.keys)

    def entry(self, position: int) -> SnapshotEntry:
        """The entry at a position of the index, 0 up to `len`."""
        row = self._index[position]
        start = int(row["start"])
        return _decoder.decode(self._entries[start : start + int(row["length"])])


def _header(view: memoryview) -> Header:
    if len(view) < HEADER_ROOM or bytes(view[: len(MAGIC)]) != MAGIC:
        raise SnapshotError("the file is no snapshot of lists")
    (length,) = LENGTH.unpack(view[len(MAGIC) : len(MAGIC) + LENGTH.size])
    start = len(MAGIC) + LENGTH.size
    try:
        header = msgspec.json.decode(view[start : start + length], type=Header)
    except msgspec.DecodeError:
        raise SnapshotError("the snapshot's header cannot be read") from None
    expected_start = HEADER_ROOM + header.count * INDEX.itemsize
    if header.size != len(view) or header.entries_start != expected_start:
        raise SnapshotError("the snapshot file is cut short")
    return header
