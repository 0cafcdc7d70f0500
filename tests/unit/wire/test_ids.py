"""Identifiers that sort by time."""

import uuid
from datetime import UTC, datetime

import pytest

from openanpr.wire import uuid7, uuid7_time


def test_those_of_one_process_rise_and_never_repeat() -> None:
    made = [uuid7() for _ in range(5_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_it_is_a_version_7_uuid_that_holds_its_time() -> None:
    moment = datetime(2026, 11, 22, 12, 0, 0, 123_000, tzinfo=UTC)
    made = uuid7(unix_ms=int(moment.timestamp() * 1000))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert uuid7_time(made) == moment


def test_other_versions_hold_no_time() -> None:
    with pytest.raises(ValueError, match="version 7"):
        uuid7_time(uuid.UUID(int=0, version=4))


@pytest.mark.parametrize("unix_ms", [-1, 1 << 48])
def test_a_time_outside_48_bits_is_refused(unix_ms: int) -> None:
    with pytest.raises(ValueError, match="48 bits"):
        uuid7(unix_ms=unix_ms)
