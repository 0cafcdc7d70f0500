"""Making a snapshot file, whole or not at all."""

import hashlib
import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, Final

import msgspec
import numpy as np

from openanpr.matching.entries import SnapshotEntry
from openanpr.matching.layout import HEADER_ROOM, INDEX, LENGTH, MAGIC, Header
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


def _write(file: IO[bytes], body: IO[bytes], version: int, entries: Iterable[SnapshotEntry]) -> str:
    index = _write_entries(body, entries)
    index.sort(order="key", kind="stable")
    sha256 = hashlib.sha256()
    file.write(b"\0" * HEADER_ROOM)
    raw_index = index.tobytes()
    file.write(raw_index)
    sha256.update(raw_index)
    body.seek(0)
    while block := body.read(_COPY_BYTES):
        file.write(block)
        sha256.update(block)
    header = Header(
        version=version,
        count=len(index),
        entries_start=HEADER_ROOM + len(raw_index),
        size=file.tell(),
        sha256=sha256.hexdigest(),
    )
    _write_header(file, header)
    file.flush()
    os.fsync(file.fileno())
    return header.sha256


def _write_entries(body: IO[bytes], entries: Iterable[SnapshotEntry]) -> "np.ndarray[Any, Any]":
    encoder = msgspec.json.Encoder()
    rows: list[tuple[int, int, int, int, int]] = []
    start = 0
    for entry in entries:
        encoded = encoder.encode(entry)
        body.write(encoded)
        rows.append(
            (
                pack(entry.canonical),
                microseconds(entry.valid_from),
                microseconds(entry.weed_at),
                start,
                len(encoded),
            )
        )
        start += len(encoded)
    return np.array(rows, dtype=INDEX)


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
