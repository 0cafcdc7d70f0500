"""Columns of many rows as PostgreSQL array literals, written in one pass each.

psycopg writes a list element by element, which took more time than all else that ingest does to a
read (docs/adr/0006-store-and-ingest.md). `None` is null in each of these.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

NULL = "NULL"


def numbers(values: Iterable[float | None]) -> str:
    """Whole or other numbers."""
    return _array(NULL if value is None else repr(value) for value in values)


def truths(values: Iterable[bool]) -> str:
    """Truth values."""
    return _array("t" if value else "f" for value in values)


def moments(values: Iterable[datetime]) -> str:
    """Aware times, to the microsecond."""
    return _array(value.isoformat() for value in values)


def uuids(values: Iterable[UUID]) -> str:
    """UUIDs."""
    return _array(value.hex for value in values)


def texts(values: Iterable[str | None]) -> str:
    """Texts of any characters but NUL, which PostgreSQL refuses."""
    return _array(NULL if value is None else _quoted(value) for value in values)


def digests(values: Iterable[str | None]) -> str:
    """Binary values given in hex."""
    return _array(NULL if value is None else f'"\\\\x{value}"' for value in values)


def _quoted(value: str) -> str:
    # Always in quotes: NULL is a mark that a plate may bear, and null without them.
    if "\\" in value or '"' in value:
        value = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{value}"'


def _array(elements: Iterable[str]) -> str:
    return "{" + ",".join(elements) + "}"
