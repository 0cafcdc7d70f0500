"""Values as the text of a PostgreSQL array: for arrays of arrays, unlike `packing`."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID


def numbers(values: Iterable[int]) -> str:
    """Whole numbers."""
    return _array(map(str, values))


def moments(values: Iterable[datetime]) -> str:
    """Aware times, to the microsecond."""
    return _array(value.isoformat() for value in values)


def uuids(values: Iterable[UUID]) -> str:
    """UUIDs."""
    return _array(value.hex for value in values)


def _array(elements: Iterable[str]) -> str:
    return "{" + ",".join(elements) + "}"
