"""Times as people read them, in the force's zone and with its offset."""

from datetime import UTC, date, datetime

import pytest

from openanpr.web import dates

SUMMER = datetime(2026, 7, 1, 13, 5, 9, tzinfo=UTC)
WINTER = datetime(2026, 11, 22, 14, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("show", "summer", "winter"),
    [
        (dates.moment, "1 July 2026, 14:05:09 UTC+1", "22 November 2026, 14:05:09 UTC"),
        (dates.short_moment, "1 Jul 2026 14:05 UTC+1", "22 Nov 2026 14:05 UTC"),
        (dates.clock_time, "14:05:09 UTC+1", "14:05:09 UTC"),
        (dates.day, "1 July 2026", "22 November 2026"),
        (dates.iso, "2026-07-01T14:05:09+01:00", "2026-11-22T14:05:09+00:00"),
    ],
)
def test_the_offset_is_always_shown(show, summer, winter):
    assert show(SUMMER) == summer
    assert show(WINTER) == winter


def test_the_day_is_the_forces_day():
    assert dates.day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"
    assert dates.day(date(2026, 6, 30)) == "30 June 2026"


def test_a_bare_time_is_never_shown():
    with pytest.raises(ValueError, match="without zone"):
        dates.moment(datetime(2026, 1, 1))  # noqa: DTZ001 - the mistake itself
