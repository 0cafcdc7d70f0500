"""A day's passages as the bytes of a binary COPY into whatever columns ``reads`` has.

Every value has a fixed width, so that a day is one array of records and never a loop over rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from openanpr.cli.bench_search_traffic import Passages

HEADER: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER: Final = b"\xff\xff"
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)

_NUMBERS: Final = {
    "int2": ">i2",
    "int4": ">i4",
    "int8": ">i8",
    "float4": ">f4",
    "float8": ">f8",
    "bool": "u1",
    "timestamptz": ">i8",
}
FILLED: Final = frozenset(
    {
        *("captured_at", "received_at", "stored_at", "reader_sequence", "camera_id", "confidence"),
        *("late", "id", "batch_id", "vrm", "patch_hash", "overview_hash"),
        *("country", "direction", "model_version"),
    }
)
"""The columns that `rows` knows how to fill."""
_MODEL: Final = b"bench-1"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of ``reads`` and its PostgreSQL type."""

    name: str
    type: str


class Unfillable(ValueError):
    """A column must be filled and nothing is known to fill it with."""


def rows(columns: list[Column], passages: Passages, *, midnight: datetime, seed: int) -> bytes:
    """The records of one day, between `HEADER` and `TRAILER`. Raises Unfillable."""
    count = len(passages.seconds)
    chance = np.random.default_rng(seed)
    since = int((midnight - _EPOCH).total_seconds() * 1_000_000)
    captured = since + (passages.seconds * 1_000_000).astype(np.int64)
    known: Mapping[str, Callable[[], NDArray[Any]]] = {
        "captured_at": lambda: captured,
        "received_at": lambda: captured + 900_000,
        "stored_at": lambda: captured + 950_000,
        "reader_sequence": lambda: np.arange(count) + seed * 1_000_000,
        "camera_id": lambda: passages.cameras,
        "confidence": lambda: np.where(passages.misread, 0.72, 0.97),
        "late": lambda: np.zeros(count),
        "id": lambda: _ids(chance, captured),
        "batch_id": lambda: _ids(chance, captured // 10_000_000),
        "vrm": lambda: passages.marks,
        "patch_hash": lambda: chance.integers(0, 256, (count, 32), dtype=np.uint8),
        "overview_hash": lambda: chance.integers(0, 256, (count, 32), dtype=np.uint8),
        "country": lambda: _same(b"GB", count),
        "direction": lambda: _same(b"approaching", count),
        "model_version": lambda: _same(_MODEL, count),
    }
    fields: list[tuple[Any, ...]] = [("columns", ">i2")]
    values: dict[str, NDArray[Any]] = {}
    for column in columns:
        fields.append((f"{column.name}:length", ">i4"))
        if column.name not in known:
            raise Unfillable(column.name)
        values[column.name] = _fitted(known[column.name](), column)
        fields.append((column.name, *_form(values[column.name])))
    record = np.zeros(count, dtype=fields)
    record["columns"] = len(columns)
    for column in columns:
        record[f"{column.name}:length"] = record.dtype[column.name].itemsize
        record[column.name] = values[column.name]
    return record.tobytes()


def _fitted(values: NDArray[Any], column: Column) -> NDArray[Any]:
    """As the column takes it on the wire: numbers big-endian, anything else as bytes."""
    if column.type in _NUMBERS and values.ndim == 1:
        return values.astype(_NUMBERS[column.type])
    if column.type in {"text", "bytea", "uuid", "varchar"} and values.ndim == 2:
        return values
    raise Unfillable(f"{column.name} ({column.type})")


def _form(values: NDArray[Any]) -> tuple[Any, ...]:
    return (values.dtype,) if values.ndim == 1 else (np.uint8, (values.shape[1],))


def _ids(chance: np.random.Generator, micros: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Version 7 UUIDs of these times, 16 bytes a row."""
    ids = chance.integers(0, 256, (len(micros), 16), dtype=np.uint8)
    unix_ms = (micros // 1000 + int(_EPOCH.timestamp() * 1000)).astype(">i8")
    ids[:, :6] = unix_ms.view(np.uint8).reshape(-1, 8)[:, 2:]
    ids[:, 6] = ids[:, 6] & 0x0F | 0x70
    ids[:, 8] = ids[:, 8] & 0x3F | 0x80
    return ids


def _same(text: bytes, count: int) -> NDArray[np.uint8]:
    return np.tile(np.frombuffer(text, dtype=np.uint8), (count, 1))
