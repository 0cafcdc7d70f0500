import pytest

from openanpr.search.analysis.nearby import Presence, whereabouts_of
from tests.unit.search.analysis.drives import DEGREE_KM, HOUR, MINUTE, START, seen

SCENE = {
    "cameras": frozenset({21}),
    "points": ((51.0 + 20 / DEGREE_KM, 0.5),),
    "start": START,
    "end": START + 30 * MINUTE,
}


def ask(*reads):
    return whereabouts_of("OA30AAA", reads, **SCENE)


def test_read_there():
    found = ask(seen(10 * MINUTE, 20), seen(-HOUR, 0), seen(HOUR, 0))
    assert found.presence is Presence.READ_THERE
    assert len(found.there) == 1
    assert (found.before.captured_at, found.after.captured_at) == (START - HOUR, START + HOUR)


@pytest.mark.parametrize("minutes", [-1, 30])
def test_read_at_the_place_at_another_time_is_not_read_there(minutes):
    assert ask(seen(minutes * MINUTE, 20)).presence is Presence.POSSIBLE


def test_nothing_read_says_nothing():
    found = ask()
    assert (found.presence, found.stay) == (Presence.NO_READS, None)


def test_reads_that_leave_time_leave_it_open_with_how_much():
    found = ask(seen(-10 * MINUTE, 0), seen(40 * MINUTE, 0))
    assert found.presence is Presence.POSSIBLE
    assert found.stay == 30 * MINUTE  # 20 km at 200 km/h are six minutes either way
    assert found.needed.total_seconds() / 60 == pytest.approx(48, abs=0.1)
    found = ask(seen(4 * MINUTE, 0), seen(26 * MINUTE, 0))
    assert found.stay.total_seconds() / 60 == pytest.approx(10, abs=0.1)


def test_reads_far_away_all_the_time_rule_it_out():
    reads = [seen(minutes * MINUTE, 120) for minutes in range(-20, 60, 5)]
    assert ask(*reads).presence is Presence.RULED_OUT


def test_a_read_without_a_place_rules_nothing_out():
    reads = [seen(m * MINUTE, 120, latitude=None, longitude=None) for m in range(-20, 60, 5)]
    assert ask(*reads).presence is Presence.POSSIBLE
