"""UUIDs of version 7 (RFC 9562): ordered by the time they were made, to the millisecond."""

import secrets
import threading
import time
import uuid
from datetime import UTC, datetime
from typing import Final

_RANDOM_BITS: Final = 74
_COUNTER_STEP_BITS: Final = 32
_lock = threading.Lock()
_last_ms = 0
_last_random = 0


def uuid7(*, unix_ms: int | None = None) -> uuid.UUID:
    """A new identifier. Those made by one process without `unix_ms` always rise.

    `unix_ms` (milliseconds since 1970, UTC) sets the time part, for rows about another moment.
    """
    if unix_ms is not None:
        return _assemble(unix_ms, secrets.randbits(_RANDOM_BITS))
    return _rising()


def uuid7_time(identifier: uuid.UUID) -> datetime:
    """The UTC time in a version 7 identifier, to the millisecond; ValueError for any other."""
    if identifier.version != 7:
        raise ValueError("only a version 7 UUID holds a time")
    return datetime.fromtimestamp((identifier.int >> 80) / 1000, tz=UTC)


def _rising() -> uuid.UUID:
    global _last_ms, _last_random  # noqa: PLW0603 - order within the process needs its state
    with _lock:
        now_ms = time.time_ns() // 1_000_000
        if now_ms > _last_ms:
            _last_ms = now_ms
            _last_random = secrets.randbits(_RANDOM_BITS - 1)
        else:  # the same millisecond, or a clock set back: count upwards from the last one
            _last_random += 1 + secrets.randbits(_COUNTER_STEP_BITS)
            if _last_random >> _RANDOM_BITS:
                _last_ms += 1
                _last_random = secrets.randbits(_RANDOM_BITS - 1)
        return _assemble(_last_ms, _last_random)


def _assemble(unix_ms: int, random_bits: int) -> uuid.UUID:
    if not 0 <= unix_ms < 1 << 48:
        raise ValueError("the time of a version 7 UUID is 48 bits of milliseconds since 1970")
    upper, lower = divmod(random_bits, 1 << 62)
    return uuid.UUID(int=unix_ms << 80 | 0x7 << 76 | upper << 64 | 0b10 << 62 | lower)
