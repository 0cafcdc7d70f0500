"""Hits that one vehicle cannot have made."""

from datetime import timedelta

import pytest

from openanpr.alerts.journeys import Point, distance_km, impossible_legs
from tests.unit.alerts.cases import AT

HERE = Point(AT, 51.5, 0.25)


def after(minutes: float, latitude: float, longitude: float = 0.25) -> Point:
    return Point(AT + timedelta(minutes=minutes), latitude, longitude)


def test_a_distance_is_the_great_circle() -> None:
    # A quarter of a meridian on a sphere of radius 6,371 km.
    assert distance_km(Point(AT, 0, 0), Point(AT, 90, 0)) == pytest.approx(10_007.5, abs=0.1)


def test_a_leg_faster_than_the_limit_is_told_with_its_least_speed() -> None:
    (leg,) = impossible_legs([after(10, 52.5), HERE], limit_kmh=200)
    assert leg.start == HERE
    assert leg.kilometres == pytest.approx(111.2, abs=0.1)
    assert leg.kmh == pytest.approx(111.2 * 6, rel=0.01)


def test_an_ordinary_journey_and_one_junction_say_nothing() -> None:
    assert impossible_legs([HERE, after(10, 51.7)], limit_kmh=200) == []
    assert impossible_legs([HERE, after(0, 51.505)], limit_kmh=200) == []
    assert impossible_legs([], limit_kmh=200) == []
