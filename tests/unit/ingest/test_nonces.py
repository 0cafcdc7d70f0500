"""A nonce is taken once while its signature is believed, and forgotten some time later."""

from datetime import UTC, datetime, timedelta

from openanpr.ingest.nonces import SeenNonces
from openanpr.wire import uuid7

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
READER = uuid7()


def test_a_nonce_is_new_once_for_each_reader() -> None:
    seen = SeenNonces()
    assert seen.is_new(READER, "a", at=NOON)
    assert not seen.is_new(READER, "a", at=NOON)
    assert seen.is_new(uuid7(), "a", at=NOON)
    assert seen.is_new(READER, "b", at=NOON)


def test_it_is_known_for_ten_minutes_wherever_the_halves_turn() -> None:
    for start in range(0, 20, 3):
        seen = SeenNonces()
        seen.is_new(READER, "first", at=NOON)
        at = NOON + timedelta(minutes=start)
        assert seen.is_new(READER, "a", at=at)
        for minute in range(10):
            assert not seen.is_new(READER, "a", at=at + timedelta(minutes=minute + 1))


def test_it_is_forgotten_after_two_turns() -> None:
    seen = SeenNonces()
    assert seen.is_new(READER, "a", at=NOON)
    assert seen.is_new(READER, "b", at=NOON + timedelta(minutes=11))
    assert seen.is_new(READER, "a", at=NOON + timedelta(minutes=22))


def test_memory_is_bounded() -> None:
    seen = SeenNonces(most=3)
    assert all(seen.is_new(READER, str(number), at=NOON) for number in range(20))
    assert not seen.is_new(READER, "19", at=NOON)
    assert seen.is_new(READER, "0", at=NOON)


def test_a_clock_set_back_does_not_keep_them_for_ever() -> None:
    seen = SeenNonces()
    assert seen.is_new(READER, "a", at=NOON)
    before = NOON - timedelta(hours=2)
    assert not seen.is_new(READER, "a", at=before)
    assert seen.is_new(READER, "b", at=before + timedelta(minutes=11))
    assert seen.is_new(READER, "c", at=before + timedelta(minutes=22))
    assert seen.is_new(READER, "a", at=before + timedelta(minutes=22))
