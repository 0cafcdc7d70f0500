"""Making a snapshot file, whole or not at all."""

import hashlib
import os
from array import array
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, Final

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
    padded,
)
from openanpr.matching.neighbours import one_off
from openanpr.vrm import pack

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_COPY_BYTES: Final = 1 << 20


def write_snapshot(path: Path, version: int, entries: Iterable[SnapshotEntry]) -> str:
    """Write the snapshot to `path`, replacing what is there in one step; its SHA-256 in hex.

    The entries may come in any order and are read once. They stand in the file in the order given;
    only the index is sorted. The file is on disk (fsync) when this returns. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    bodies = path.with_name(path.name + ".entries")
    whole = path.with_name(path.name + ".new")
    try:
        with bodies.open("w+b") as body, whole.open("w+b") as file:
            whole.chmod(0o600)
            bodies.chmod(0o600)
            digest = _write(file, body, version, entries)
        whole.replace(path)
        _sync_folder(path.parent)
    finally:
        bodies.unlink(missing_ok=True)
        whole.unlink(missing_ok=True)
    return digest


def microseconds(moment: datetime) -> int:
    """An aware time as microseconds since 1970, exact."""
    return (moment - _EPOCH) // _MICROSECOND


class _Index:
    """The columns as they grow: plain machine numbers, 36 bytes an entry."""

    def __init__(self) -> None:
        self.columns = {
            "key": array("Q"),
            "valid_from": array("q"),
            "weed_at": array("q"),
            "start": array("Q"),
            "length": array("L" if array("L").itemsize == 4 else "I"),
        }
        self.near: list[tuple[int, int]] = []

    def add(self, entry: SnapshotEntry, *, start: int, length: int) -> None:
        number = len(self.columns["key"])
        pattern = entry.match_as == "pattern"
        self.columns["key"].append(PATTERN_KEY if pattern else pack(entry.canonical))
        self.columns["valid_from"].append(microseconds(entry.valid_from))
        self.columns["weed_at"].append(microseconds(entry.weed_at))
        self.columns["start"].append(start)
        self.columns["length"].append(length)
        if entry.match_as == "near":
            marks = {entry.canonical, *one_off(entry.canonical)}
            self.near.extend((pack(mark), number) for mark in marks)

    def sorted(self) -> dict[str, npt.NDArray[Any]]:
        keys = np.frombuffer(self.columns["key"], dtype="<u8")
        order = np.argsort(keys, kind="stable")
        found: dict[str, npt.NDArray[Any]] = {
            name: np.frombuffer(
                column, dtype=f"<{'u' if column.typecode in 'QIL' else 'i'}{column.itemsize}"
            )[order]
            for name, column in self.columns.items()
        }
        place = np.empty(len(order), dtype="<u4")
        place[order] = np.arange(len(order), dtype="<u4")
        near = np.array(self.near, dtype="<u8").reshape(-1, 2)
        near_order = np.argsort(near[:, 0], kind="stable")
        found["near_key"] = near[near_order, 0]
        found["near_position"] = place[near[near_order, 1].astype(np.int64)]
        return found


def _write(file: IO[bytes], body: IO[bytes], version: int, entries: Iterable[SnapshotEntry]) -> str:
    columns = _write_entries(body, entries).sorted()
    count, near = len(columns["key"]), len(columns["near_key"])
    sha256 = hashlib.sha256()
    file.write(b"\0" * HEADER_ROOM)
    for name, kind, _, _ in columns_of(count, near):
        raw = np.ascontiguousarray(columns[name], dtype=kind).tobytes()
        raw += b"\0" * (padded(len(raw)) - len(raw))
        file.write(raw)
        sha256.update(raw)
    body.seek(0)
    while block := body.read(_COPY_BYTES):
        file.write(block)
        sha256.update(block)
    header = Header(
        version=version,
        count=count,
        near=near,
        entries_start=entries_start(count, near),
        size=file.tell(),
        sha256=sha256.hexdigest(),
    )
    _write_header(file, header)
    file.flush()
    os.fsync(file.fileno())
    return header.sha256


def _write_entries(body: IO[bytes], entries: Iterable[SnapshotEntry]) -> _Index:
    encoder = msgspec.json.Encoder()
    index = _Index()
    start = 0
    for entry in entries:
        encoded = encoder.encode(entry)
        body.write(encoded)
        index.add(entry, start=start, length=len(encoded))
        start += len(encoded)
    return index


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
