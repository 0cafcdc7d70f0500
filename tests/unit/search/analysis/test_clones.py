"""A cloned plate, a misread and a wrong clock, each told from the others."""

from datetime import UTC, timedelta

import pytest

from openanpr.search.analysis.clones import Explanation, feasible, tracks_of
from openanpr.search.analysis.strength import Strength
from tests.unit.search.analysis.drives import DAY, HOUR, MINUTE, SECOND, seen


def ask(reads):
    return tracks_of(reads, zone=UTC)


def real(days=3):
    """The real vehicle goes to and fro each day, near home."""
    return [
        seen(day * DAY + hour * HOUR + minute * MINUTE, minute)
        for day in range(days)
        for hour in (0, 9)
        for minute in (0, 8)
    ]


@pytest.mark.parametrize(
    ("minutes", "km", "possible"),
    [
        (60, 150, True),
        (60, 199, True),
        (30, 120, False),
        (0, 0, True),
        (0, 0.4, True),
        (0, 3, False),
    ],
)
def test_what_one_vehicle_can_do(minutes, km, possible):
    assert feasible(seen(0 * MINUTE, 0), seen(minutes * MINUTE, km)) is possible


def test_a_second_plate_far_away_on_several_days_is_strong():
    other = [seen(day * DAY + 4 * MINUTE, 90) for day in range(3)]
    found = ask(real() + other)
    assert found.strength is Strength.STRONG
    assert len(found.tracks) == 2
    assert {one.id for one in found.tracks[1]} == {one.id for one in other}
    assert {one.explanation for one in found.conflicts} == {Explanation.CLONE}
    assert all(one.km > 80 and one.kmh > 200 for one in found.conflicts)


def test_one_odd_read_that_the_reader_doubted_is_a_misread():
    odd = seen(4 * MINUTE, 90, likelihood=0.6, doubts=1)
    found = ask([*real(), odd])
    assert found.strength is Strength.WEAK
    assert {one.explanation for one in found.conflicts} == {Explanation.MISREAD}
    assert "60%" in found.conflicts[0].why


def test_one_good_odd_read_is_left_open():
    found = ask([*real(), seen(4 * MINUTE, 90)])
    assert found.strength is Strength.WEAK
    assert {one.explanation for one in found.conflicts} == {Explanation.OPEN}


def test_many_doubtful_reads_are_no_strong_clone():
    other = [seen(day * DAY + 4 * MINUTE, 90, likelihood=0.5) for day in range(3)]
    found = ask(real() + other)
    assert found.strength is Strength.WEAK
    assert {one.explanation for one in found.conflicts} == {Explanation.MISREAD}


def test_a_clock_that_told_that_it_is_wrong_explains_and_speaks_for_no_clone():
    wrong = timedelta(minutes=20)
    other = [seen(day * DAY + 4 * MINUTE, 30, clock_offset=wrong) for day in range(3)]
    found = ask(real() + other)
    assert found.strength is Strength.EXPLAINED
    assert {one.explanation for one in found.conflicts} == {Explanation.CLOCK}
    assert "1200 seconds off" in found.conflicts[0].why


def test_a_clock_that_nobody_compared_may_be_off_by_a_little():
    near = seen(10 * SECOND, 2.5, clock_offset=None)
    found = ask([seen(0 * SECOND, 0), near])
    assert {one.explanation for one in found.conflicts} == {Explanation.CLOCK}
    assert "nobody has compared" in found.conflicts[0].why


def test_one_vehicle_and_reads_without_a_place_give_no_conflict():
    found = ask([*real(), seen(MINUTE, 90, latitude=None, longitude=None)])
    assert found.conflicts == ()
    assert found.strength is Strength.EXPLAINED
    assert ask([]).tracks == ()
