"""On which day reads would go, and what a hold keeps past it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from openanpr.access.bands import retention_edge
from openanpr.access.profile import Span
from openanpr.access.profiles import shipped_profile
from openanpr.access.vocabulary import Counting
from openanpr.holds.effect import Effect, effect_of, leaves_on

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
PROFILE = shipped_profile("essex-2y")
DAY = timedelta(days=1)


@pytest.mark.parametrize("counting", list(Counting))
@pytest.mark.parametrize("span", [Span(months=24), Span(months=1), Span(days=400)])
def test_a_day_leaves_on_the_first_day_at_whose_end_none_of_it_is_within_retention(counting, span):
    profile = replace(PROFILE, counting=counting, retention=span)
    for number in range(0, 800, 13):
        day = date(2024, 1, 1) + number * DAY
        end = datetime(day.year, day.month, day.day, tzinfo=UTC) + DAY
        gone = leaves_on(day, profile=profile, at=AT)
        midnight = datetime(gone.year, gone.month, gone.day, tzinfo=UTC)
        assert retention_edge(at=midnight, profile=profile) < end
        assert retention_edge(at=midnight + DAY, profile=profile) >= end


def test_what_only_the_hold_keeps_is_told_from_what_would_go_next():
    days = {date(2024, 1, 5): 3, date(2024, 3, 10): 2, date(2025, 6, 1): 4}
    assert effect_of(days, profile=PROFILE, at=AT) == Effect(
        reads=9, kept=3, next_day=date(2026, 3, 10), next_reads=2
    )


def test_a_hold_of_nothing_has_no_effect():
    assert effect_of({}, profile=PROFILE, at=AT) == Effect(
        reads=0, kept=0, next_day=None, next_reads=0
    )
