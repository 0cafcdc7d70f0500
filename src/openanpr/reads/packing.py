"""Columns of many rows as PostgreSQL's binary arrays, each written in one pass.

psycopg writes a list element by element and PostgreSQL reads text character by character; these
cost both sides a fraction of that (docs/adr/0006-store-and-ingest.md). `None` is null where a
function takes it. Send them with a cursor that `take_packed` prepared, and a cast in the statement.
"""

import struct
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import numpy as np
import numpy.typing as npt
import psycopg
from psycopg.adapt import Dumper
from psycopg.pq import Format

_OIDS: Final = {"boolean": 16, "bytea": 17, "bigint": 20, "integer": 23, "text": 25, "real": 700}
_FLOAT8: Final = 701
_TIMESTAMPTZ: Final = 1184
_UUID: Final = 2950
_NULL: Final = b"\xff\xff\xff\xff"
_HEAD: Final = struct.Struct(">iiIii")
_LENGTH: Final = struct.Struct(">i")
# PostgreSQL counts microseconds from 1 January 2000, UTC.
_EPOCH_US: Final = 946_684_800_000_000


class Packed(bytes):
    """One array in PostgreSQL's binary form."""


class _PackedDumper(Dumper):
    format = Format.BINARY
    oid = 0  # the statement's cast says the type

    def dump(self, obj: Packed) -> bytes:
        return obj


def take_packed(cursor: psycopg.Cursor[Any]) -> None:
    """Let this cursor send `Packed` values."""
    cursor.adapters.register_dumper(Packed, _PackedDumper)


def moments(values: Sequence[datetime]) -> Packed:
    """timestamptz[] of aware times, to the microsecond."""
    moments = np.fromiter([value.timestamp() for value in values], np.float64, len(values))
    parts = np.fromiter([value.microsecond for value in values], np.int64, len(values))
    # A double holds whole seconds exactly, and their millionths only for a while yet.
    seconds = np.rint(moments - parts * 1e-6).astype(np.int64)
    return _fixed(_TIMESTAMPTZ, seconds * 1_000_000 + parts - _EPOCH_US, ">i8")


def bigints(values: Sequence[int]) -> Packed:
    """bigint[]."""
    return _fixed(_OIDS["bigint"], np.array(values, np.int64), ">i8")


def integers(values: Sequence[int]) -> Packed:
    """integer[]."""
    return _fixed(_OIDS["integer"], np.array(values, np.int32), ">i4")


def reals(values: Sequence[float | None]) -> Packed:
    """real[]."""
    return _floats(values, _OIDS["real"], ">f4")


def doubles(values: Sequence[float | None]) -> Packed:
    """double precision[]."""
    return _floats(values, _FLOAT8, ">f8")


def truths(values: Sequence[bool]) -> Packed:
    """boolean[]."""
    return _fixed(_OIDS["boolean"], np.array(values, np.bool_), "?")


def uuids(values: Sequence[UUID]) -> Packed:
    """uuid[]."""
    raw = b"".join([value.int.to_bytes(16, "big") for value in values])
    return _fixed(_UUID, np.frombuffer(raw, "V16"), "V16")


def texts(values: Iterable[str | None]) -> Packed:
    """text[] of any characters but NUL, which PostgreSQL refuses."""
    return _varying(_OIDS["text"], values, str.encode)


def digests(values: Iterable[str | None]) -> Packed:
    """bytea[] of binary values given in hex."""
    return _varying(_OIDS["bytea"], values, bytes.fromhex)


def _floats(values: Sequence[float | None], oid: int, form: str) -> Packed:
    if None not in values:
        return _fixed(oid, np.array(values, np.float64), form)
    size = struct.Struct(">i" + form[1:].replace("f4", "f").replace("f8", "d"))
    width = size.size - _LENGTH.size
    return _array(
        oid,
        len(values),
        b"".join([_NULL if value is None else size.pack(width, value) for value in values]),
        nulls=True,
    )


def _fixed(oid: int, values: npt.NDArray[Any], form: str) -> Packed:
    """Elements of one width, none of them null."""
    out = np.empty(len(values), dtype=[("length", ">i4"), ("value", form)])
    out["length"] = out.dtype["value"].itemsize
    out["value"] = values
    return _array(oid, len(values), out.tobytes(), nulls=False)


def _varying(oid: int, values: Iterable[str | None], encode: Callable[[str], bytes]) -> Packed:
    # Most columns hold few different values in a group, so each is written once.
    written: dict[str | None, bytes] = {None: _NULL}
    elements = []
    for value in values:
        element = written.get(value)
        if element is None:
            raw = encode(value)  # type: ignore[arg-type]
            element = written[value] = _LENGTH.pack(len(raw)) + raw
        elements.append(element)
    return _array(oid, len(elements), b"".join(elements), nulls=True)


def _array(oid: int, count: int, elements: bytes, *, nulls: bool) -> Packed:
    if not count:
        return Packed(struct.pack(">iii", 0, 0, oid))
    return Packed(_HEAD.pack(1, nulls, oid, count, 1) + elements)
