"""Company on the road, in small worlds whose answers can be said beforehand."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from openanpr.search.analysis.company import Passing, company_of
from openanpr.search.analysis.strength import Strength

MONDAY = datetime(2026, 9, 7, tzinfo=UTC)
DAY, HOUR, MINUTE, SECOND = (
    timedelta(days=1),
    timedelta(hours=1),
    timedelta(minutes=1),
    timedelta(seconds=1),
)
LONDON = ZoneInfo("Europe/London")


def drive(start, *, cameras=(1, 2, 3)):
    return [Passing(start + place * 5 * MINUTE, camera) for place, camera in enumerate(cameras)]


def later(reads, gap):
    return [Passing(one.captured_at + gap, one.camera_id) for one in reads]


def ask(passes, others, *, looked_at=500):
    found = company_of(passes, others, within=60 * SECOND, looked_at=looked_at, zone=LONDON)
    return {one.vrm: one for one in found}


def at_odd_hours(count):
    """Journeys whose hour is another one every day."""
    return [
        MONDAY + day * DAY + (6 + 5 * day % 14) * HOUR + 7 * day * MINUTE for day in range(count)
    ]


def test_a_vehicle_that_drives_along_at_odd_hours_stands_out():
    starts = at_odd_hours(6)
    passes = [one for start in starts for one in drive(start)]
    found = ask(passes, {"NEAR": later(passes, 20 * SECOND)})["NEAR"]
    assert (found.together, found.present, found.days) == (6, 6, 6)
    assert found.strength is Strength.STRONG
    assert found.ratio > 20


def test_one_journey_is_one_trial_however_many_cameras_see_it():
    passes = drive(MONDAY + 8 * HOUR, cameras=range(1, 12))
    found = ask(passes, {"NEAR": later(passes, 5 * SECOND)})["NEAR"]
    assert (found.together, found.present) == (1, 1)
    assert found.strength is Strength.EXPLAINED


def test_commuters_are_no_company():
    chance = random.Random(5)
    mornings = [MONDAY + day * DAY + 7.75 * HOUR for day in range(26) if day % 7 < 5]

    def commute(spread):
        return [
            one for start in mornings for one in drive(start + chance.gauss(0, spread) * MINUTE)
        ]

    passes = commute(12)
    others = {f"C{number}": commute(12) for number in range(200)}
    found = ask(passes, others)
    assert all(one.strength in (Strength.EXPLAINED, Strength.WEAK) for one in found.values())
    assert sum(one.strength is Strength.WEAK for one in found.values()) <= 2
    assert max(one.together for one in found.values()) >= 3


def test_two_punctual_commuters_are_no_company_either():
    mornings = [MONDAY + day * DAY + 8 * HOUR for day in range(12)]
    passes = [one for start in mornings for one in drive(start)]
    found = ask(passes, {"PUNCTUAL": later(passes, 30 * SECOND)})["PUNCTUAL"]
    assert found.together == 12
    assert found.strength is Strength.EXPLAINED


def test_a_habit_is_one_of_local_time():
    """On both sides of the change to winter time the commuter leaves at eight."""
    mornings = [datetime(2026, 10, day, 8, tzinfo=LONDON).astimezone(UTC) for day in range(20, 31)]
    passes = [one for start in mornings for one in drive(start)]
    found = ask(passes, {"PUNCTUAL": later(passes, 30 * SECOND)})["PUNCTUAL"]
    assert found.strength is Strength.EXPLAINED


def test_the_more_marks_are_looked_at_the_less_one_says():
    passes = [one for start in at_odd_hours(3) for one in drive(start)]
    others = {"NEAR": later(passes, 20 * SECOND)}
    few, many = (ask(passes, others, looked_at=number)["NEAR"] for number in (10, 1_000_000))
    assert few.by_chance < many.by_chance
    assert few.strength is Strength.STRONG
    assert many.strength is Strength.EXPLAINED


def test_near_at_less_than_half_of_the_cameras_is_not_together():
    passes = drive(MONDAY + 8 * HOUR) + drive(MONDAY + DAY + 14 * HOUR)
    reads = [one for one in later(passes, 10 * MINUTE) if one.camera_id > 1]
    reads += [one for one in later(passes, 10 * SECOND) if one.camera_id == 1]
    found = ask(passes, {"PASSED": reads})["PASSED"]
    assert (found.together, found.present) == (0, 2)


def test_nothing_is_said_of_nothing():
    assert ask([], {}) == {}
    assert ask([], {"ALONE": drive(MONDAY)})["ALONE"].strength is Strength.EXPLAINED
