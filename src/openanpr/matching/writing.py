"""Making a snapshot file, whole or not at all."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, Final

import msgspec
import numpy as np
import numpy.typing as npt

from openanpr.matching.entries import PlainEntries, SnapshotEntry, SnapshotList
from openanpr.matching.layout import (
    COLUMNS,
    HEADER_ROOM,
    LENGTH,
    MAGIC,
    PATTERN_KEY,
    Header,
    bodies_start,
    columns_of,
    padded,
)
from openanpr.matching.neighbours import one_off
from openanpr.vrm import pack

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def write_snapshot(
    path: Path,
    version: int,
    entries: Iterable[SnapshotEntry],
    *,
    plain: Iterable[PlainEntries] = (),
    lists: Sequence[SnapshotList] = (),
) -> str:
    """Write the snapshot to `path`, replacing what is there in one step; its SHA-256 in hex.

    `entries` are written whole; `plain` ones as rows that name one of `lists`. Both come in any
    order and are read once. The file is on disk (fsync) when this returns. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    whole = path.with_name(path.name + ".new")
    try:
        with whole.open("w+b") as file:
            whole.chmod(0o600)
            digest = _write(file, version, _Index(entries, plain), lists)
        whole.replace(path)
        _sync_folder(path.parent)
    finally:
        whole.unlink(missing_ok=True)
    return digest


def microseconds(moment: datetime) -> int:
    """An aware time as microseconds since 1970, exact."""
    return (moment - _EPOCH) // _MICROSECOND


class _Index:
    """The columns, sorted, and the bodies of the entries that have one."""

    def __init__(self, entries: Iterable[SnapshotEntry], plain: Iterable[PlainEntries]) -> None:
        self.bodies = bytearray()
        self._near: list[tuple[int, int]] = []
        self._body_length: list[int] = []
        parts = [self._with_bodies(entries), *plain]
        self._rows = {
            name: np.concatenate([np.asarray(getattr(part, name), dtype=kind) for part in parts])
            for name, kind in COLUMNS
        }

    def _with_bodies(self, entries: Iterable[SnapshotEntry]) -> PlainEntries:
        encoder = msgspec.json.Encoder()
        rows = []
        for number, entry in enumerate(entries):
            body = encoder.encode(entry)
            self.bodies += body
            self._body_length.append(len(body))
            pattern = entry.match_as == "pattern"
            rows.append(
                (
                    PATTERN_KEY if pattern else pack(entry.canonical),
                    microseconds(entry.valid_from),
                    microseconds(entry.weed_at),
                    entry.entry_id.bytes,
                )
            )
            if entry.match_as == "near":
                marks = {entry.canonical, *one_off(entry.canonical)}
                self._near.extend((pack(mark), number) for mark in marks)
        return PlainEntries(
            key=np.array([row[0] for row in rows], dtype=np.uint64),
            mark=np.zeros(len(rows), dtype=np.uint64),
            valid_from=np.array([row[1] for row in rows], dtype=np.int64),
            weed_at=np.array([row[2] for row in rows], dtype=np.int64),
            entry=np.frombuffer(b"".join(row[3] for row in rows), dtype="V16"),
            list=np.zeros(len(rows), dtype=np.uint32),
        )

    def sorted(self) -> dict[str, npt.NDArray[Any]]:
        order = np.argsort(self._rows["key"], kind="stable")
        found: dict[str, npt.NDArray[Any]] = {
            name: column[order] for name, column in self._rows.items()
        }
        place = np.empty(len(order), dtype="<u4")
        place[order] = np.arange(len(order), dtype="<u4")
        near = np.array(self._near, dtype="<u8").reshape(-1, 2)
        near_order = np.argsort(near[:, 0], kind="stable")
        found["near_key"] = near[near_order, 0]
        found["near_position"] = place[near[near_order, 1].astype(np.int64)]
        length = np.array(self._body_length, dtype="<u4")
        start = np.cumsum(length, dtype=np.uint64) - length
        # The entries with bodies are the first given.
        body_order = np.argsort(place[: len(length)], kind="stable")
        found["body_position"] = place[: len(length)][body_order]
        found["body_start"] = start[body_order]
        found["body_length"] = length[body_order]
        return found


def _write(file: IO[bytes], version: int, index: _Index, lists: Sequence[SnapshotList]) -> str:
    columns = index.sorted()
    counts = (len(columns["key"]), len(columns["near_key"]), len(columns["body_start"]))
    sha256 = hashlib.sha256()
    file.write(b"\0" * HEADER_ROOM)
    for name, kind, _, _ in columns_of(*counts):
        raw = np.ascontiguousarray(columns[name], dtype=kind).tobytes()
        raw += b"\0" * (padded(len(raw)) - len(raw))
        file.write(raw)
        sha256.update(raw)
    file.write(index.bodies)
    sha256.update(index.bodies)
    lists_start = file.tell()
    encoded = msgspec.json.encode(lists)
    file.write(encoded)
    sha256.update(encoded)
    header = Header(
        version=version,
        count=counts[0],
        near=counts[1],
        bodies=counts[2],
        bodies_start=bodies_start(*counts),
        lists_start=lists_start,
        size=file.tell(),
        sha256=sha256.hexdigest(),
    )
    _write_header(file, header)
    file.flush()
    os.fsync(file.fileno())
    return header.sha256


def _write_header(file: IO[bytes], header: Header) -> None:
    text = msgspec.json.encode(header)
    file.seek(0)
    file.write(MAGIC + LENGTH.pack(len(text)) + text)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
