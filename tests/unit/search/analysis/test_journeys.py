from datetime import UTC, datetime

import pytest

from openanpr.search.analysis.journeys import journeys_of, pauses_of, seen_in
from openanpr.search.analysis.sightings import kilometres
from openanpr.search.analysis.timeline import LEFT, MOST_LANES, WIDTH, timeline_of
from tests.unit.search.analysis.drives import DAY, HOUR, MINUTE, SECOND, START, seen


def test_distances_are_those_of_the_globe():
    """Charing Cross to Edinburgh's centre is 534 km in a straight line."""
    assert kilometres((51.5074, -0.1278), (55.9533, -3.1883)) == pytest.approx(534, abs=1)


def test_a_long_pause_ends_a_journey_and_a_short_one_does_not():
    reads = [
        seen(after, km) for after, km in ((0 * MINUTE, 0), (45 * MINUTE, 12), (91 * MINUTE, 13))
    ]
    journeys = journeys_of(reversed(reads))
    assert [len(one.reads) for one in journeys] == [2, 1]
    assert journeys[0].areas == ("Area 0", "Area 1")
    assert journeys[0].distance == pytest.approx(12, abs=0.01)
    pause = pauses_of(journeys)[0]
    assert (pause.length, pause.area) == (46 * MINUTE, "Area 1")


def test_a_journey_through_an_unknown_place_has_no_length():
    reads = [seen(0 * MINUTE, 0), seen(MINUTE, 1, latitude=None, longitude=None)]
    assert journeys_of(reads)[0].distance is None


def test_first_and_last_in_an_area_with_days_as_the_force_counts_them():
    reads = [seen(after, 3) for after in (0 * DAY, 15 * HOUR, 17 * HOUR)] + [seen(DAY, 40)]
    there, elsewhere = seen_in(reads, zone=UTC)
    assert (there.area, there.reads, there.days) == ("Area 0", 3, 2)
    assert (there.first, there.last) == (START, START + 17 * HOUR)
    assert elsewhere.days == 1


def test_no_reads_make_no_journey():
    assert journeys_of([]) == ()
    assert pauses_of(()) == ()
    assert timeline_of([], start=START, end=START + DAY) is None


def test_the_timeline_has_a_lane_for_each_area_and_one_for_the_rest():
    reads = [seen(number * MINUTE, 10 * area) for area in range(14) for number in range(20 - area)]
    drawn = timeline_of(reads, start=START, end=START + HOUR)
    assert len(drawn.lanes) == MOST_LANES
    assert drawn.lanes[0].name == "Area 0"
    assert drawn.lanes[-1].name == "Other areas"
    assert sum(len(lane.dots) for lane in drawn.lanes) == len(reads)
    assert all(LEFT <= x <= WIDTH for lane in drawn.lanes for x in lane.dots)
    assert drawn.ticks[0] == (START, float(LEFT))
    edge = timeline_of([seen(HOUR - SECOND, 0)], start=START, end=datetime.max.replace(tzinfo=UTC))
    assert edge.lanes[0].dots == (float(LEFT),)
