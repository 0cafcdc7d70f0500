"""Notes that are kept in memory until they are written."""

from datetime import UTC, datetime, timedelta

from openanpr.ingest.signs import Notes, SignOfLife
from openanpr.wire import uuid7

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def sign(
    *, after: int = 0, offset: float | None = None, fault: str | None = None, camera: int = 1
) -> SignOfLife:
    return SignOfLife(
        camera_id=camera,
        at=NOON + timedelta(seconds=after),
        clock_offset_ms=offset,
        fault=fault,
    )


def test_the_latest_sign_counts_and_keeps_what_only_an_earlier_one_said() -> None:
    notes = Notes()
    notes.heard(sign(offset=5.0, fault="lens dirty"))
    notes.heard(sign(after=1))
    notes.heard(sign(camera=2))
    signs, _ = notes.take()
    assert signs == [sign(after=1, offset=5.0, fault="lens dirty"), sign(camera=2)]
    assert notes.take() == ([], {})


def test_a_fault_that_is_over_is_over() -> None:
    notes = Notes()
    notes.heard(sign(fault="lens dirty"))
    notes.heard(sign(after=1, fault=""))
    assert notes.take()[0][0].fault == ""


def test_refusals_are_counted_by_kind_and_reader() -> None:
    notes, device = Notes(), uuid7()
    for kind in ("clock", "clock", "device-revoked"):
        notes.refused(kind, device)
    assert notes.take()[1] == {("clock", device): 2, ("device-revoked", device): 1}


def test_a_flood_of_readers_is_counted_together() -> None:
    notes = Notes()
    for _ in range(1_000):
        notes.refused("clock", uuid7())
    _, refusals = notes.take()
    assert len(refusals) <= 51
    assert sum(refusals.values()) == 1_000


def test_what_could_not_be_written_is_kept_and_newer_signs_win() -> None:
    notes = Notes()
    notes.heard(sign())
    notes.heard(sign(camera=2))
    notes.refused("clock", None)
    signs, refusals = notes.take()
    notes.heard(sign(after=5))
    notes.refused("clock", None)
    notes.put_back(signs, refusals)
    signs, refusals = notes.take()
    assert {(one.camera_id, one.at) for one in signs} == {
        (1, NOON + timedelta(seconds=5)),
        (2, NOON),
    }
    assert refusals == {("clock", None): 2}
