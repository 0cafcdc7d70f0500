"""A snapshot as ingest holds it: mapped into memory, entries decoded only when they hit."""

import hashlib
import mmap
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Self
from uuid import UUID

import msgspec
import numpy as np
import numpy.typing as npt

from openanpr.matching.entries import SnapshotEntry, SnapshotList
from openanpr.matching.layout import (
    HEADER_ROOM,
    LENGTH,
    MAGIC,
    PATTERN_KEY,
    Header,
    bodies_start,
    columns_of,
)
from openanpr.vrm import canonical, unpack

_decoder: Final = msgspec.json.Decoder(SnapshotEntry)
_list_decoder: Final = msgspec.json.Decoder(tuple[SnapshotList, ...])
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_BLOCK: Final = 1 << 20
Column = npt.NDArray[Any]


class SnapshotError(ValueError):
    """A file that is no snapshot, is cut short or has been altered."""


class HotlistSnapshot:
    """Every entry of every list at one version. Immutable; safe to share between threads.

    `keys`, `valid_from`, `weed_at` and `ids` are one row an entry, sorted by key; `near_keys`
    (sorted) and `near_positions` lead to the entries that match marks near theirs.
    """

    def __init__(
        self,
        *,
        header: Header,
        columns: dict[str, Column],
        bodies: memoryview,
        lists: tuple[SnapshotList, ...],
    ):
        self.version: Final = header.version
        self.digest: Final = header.sha256
        self.keys: Final = columns["key"]
        self.valid_from: Final = columns["valid_from"]
        self.weed_at: Final = columns["weed_at"]
        self.ids: Final = columns["entry"]
        self.near_keys: Final = columns["near_key"]
        self.near_positions: Final = columns["near_position"]
        self.patterns: Final = int(np.searchsorted(self.keys, np.uint64(PATTERN_KEY + 1)))
        """So many entries, from the first on, are patterns."""
        self._marks: Final = columns["mark"]
        self._list: Final = columns["list"]
        self._body_position: Final = columns["body_position"]
        self._body_start: Final = columns["body_start"]
        self._body_length: Final = columns["body_length"]
        self._bodies: Final = bodies
        self._lists: Final = lists

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
            for name, kind, rows, start in columns_of(header.count, header.near, header.bodies)
        }
        return cls(
            header=header,
            columns=columns,
            bodies=view[header.bodies_start : header.lists_start],
            lists=_list_decoder.decode(view[header.lists_start :]),
        )

    @classmethod
    def empty(cls) -> Self:
        """A snapshot of version 0 that matches nothing: what ingest has before the first one."""
        header = Header(
            version=0,
            count=0,
            near=0,
            bodies=0,
            bodies_start=HEADER_ROOM,
            lists_start=HEADER_ROOM,
            size=HEADER_ROOM,
            sha256="",
        )
        columns: dict[str, Column] = {
            name: np.zeros(0, dtype=kind) for name, kind, _, _ in columns_of(0, 0, 0)
        }
        return cls(header=header, columns=columns, bodies=memoryview(b""), lists=())

    def __len__(self) -> int:
        return len(self.keys)

    def entry(self, position: int) -> SnapshotEntry:
        """The entry at a position of the index, 0 up to `len`."""
        # Of the column's own type, or numpy would convert the whole column first.
        body = int(np.searchsorted(self._body_position, np.uint32(position)))
        if body == len(self._body_position) or self._body_position[body] != position:
            return self._plain(position)
        start = int(self._body_start[body])
        return _decoder.decode(self._bodies[start : start + int(self._body_length[body])])

    def _plain(self, position: int) -> SnapshotEntry:
        hotlist = self._lists[int(self._list[position])]
        vrm = unpack(int(self._marks[position]))
        valid_from = _EPOCH + timedelta(microseconds=int(self.valid_from[position]))
        weed_at = _EPOCH + timedelta(microseconds=int(self.weed_at[position]))
        own = {"vrm": vrm, "valid_from": valid_from, "weed_at": weed_at}
        return SnapshotEntry(
            entry_id=UUID(bytes=self.ids[position].tobytes()),
            hotlist_id=hotlist.hotlist_id,
            canonical=canonical(vrm),
            vrm=vrm,
            valid_from=valid_from,
            weed_at=weed_at,
            copy=hotlist.copy | msgspec.to_builtins(own),
            scopes=hotlist.scopes,
            whole=False,
        )


def is_readable(path: Path) -> bool:
    """Whether there is a file at `path` of the layout that `HotlistSnapshot.load` reads. It looks
    at the header alone.
    """
    try:
        with path.open("rb") as file:
            _header(file.read(HEADER_ROOM), size=path.stat().st_size)
    except (OSError, SnapshotError):
        return False
    return True


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
    start = bodies_start(header.count, header.near, header.bodies)
    if header.size != size or header.bodies_start != start:
        raise SnapshotError("the snapshot file is cut short")
    return header
