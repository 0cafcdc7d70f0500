"""Who asks in a hurry waits; nobody waits for somebody else."""

from openanpr.web.pace import PACES, Counter, Pace
from openanpr.web.permissions import declared_urls

PACE = Pace(3, 60)


def test_each_sender_has_their_own_pace() -> None:
    counter = Counter()
    assert [counter.wait("search", "P1", PACE, at=second) for second in (0, 1, 2)] == [0, 0, 0]
    assert counter.wait("search", "P1", PACE, at=3) > 0
    assert counter.wait("search", "P2", PACE, at=3) == 0
    assert counter.wait("search_export", "P1", PACE, at=3) == 0


def test_who_waits_as_long_as_told_goes_on() -> None:
    counter = Counter()
    for second in (0, 1, 2):
        counter.wait("search", "P1", PACE, at=second)
    told = counter.wait("search", "P1", PACE, at=10)
    assert counter.wait("search", "P1", PACE, at=10 + told) == 0


def test_senders_who_went_quiet_are_forgotten() -> None:
    counter = Counter()
    for number in range(6_000):
        counter.wait("search", f"P{number}", PACE, at=number)
    assert len(counter._asked) < 6_000


def test_every_paced_address_exists() -> None:
    assert set(PACES) <= {url.name for url in declared_urls()}
