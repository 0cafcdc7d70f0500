"""Ages by the calendar, and the tiling of time by bands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.access.people import AT

from openanpr.access.bands import (
    BEYOND_RETENTION,
    FUTURE,
    band_of,
    before,
    first_under,
    retention_edge,
    slices,
    split,
    utc,
)
from openanpr.access.facts import Profile
from openanpr.access.profile import Span
from openanpr.access.profiles import load_profile
from openanpr.access.vocabulary import Counting

ESSEX = load_profile("essex-2y")
BY_DAYS = replace(ESSEX, counting=Counting.DAYS)
INSTANT = timedelta(microseconds=1)

moments = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis wants naive bounds
    max_value=datetime(2110, 12, 31),  # noqa: DTZ001
    timezones=st.sampled_from(
        [UTC, timezone(timedelta(hours=1)), timezone(timedelta(hours=-11, minutes=-30))]
    ),
)
profiles = st.sampled_from([ESSEX, BY_DAYS, load_profile("example-12m")])


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "span", "bound"),
    [
        ("2026-11-22T12:00:00", Span(days=90), "2026-08-24T12:00:00"),
        ("2026-11-22T12:00:00", Span(months=12), "2025-11-22T12:00:00"),
        ("2028-02-29T12:00:00", Span(months=12), "2027-02-28T12:00:00"),
        ("2028-02-29T12:00:00", Span(months=24), "2026-02-28T12:00:00"),
        ("2028-02-29T12:00:00", Span(months=48), "2024-02-29T12:00:00"),
        ("2028-02-28T12:00:00", Span(months=12), "2027-02-28T12:00:00"),
        ("2028-03-01T00:00:00", Span(months=12), "2027-03-01T00:00:00"),
        ("2025-02-28T12:00:00", Span(months=12), "2024-02-28T12:00:00"),
        ("2025-03-01T00:00:00", Span(months=12), "2024-03-01T00:00:00"),
        ("2026-08-31T23:59:59", Span(months=1), "2026-07-31T23:59:59"),
        ("2026-08-31T23:59:59", Span(months=2), "2026-06-30T23:59:59"),
        ("2026-08-31T23:59:59", Span(months=6), "2026-02-28T23:59:59"),
        ("2024-08-31T23:59:59", Span(months=6), "2024-02-29T23:59:59"),
        ("2026-01-31T00:00:00", Span(months=1), "2025-12-31T00:00:00"),
        ("2026-12-31T00:00:00", Span(months=1), "2026-11-30T00:00:00"),
        ("2026-01-15T00:00:00", Span(months=12), "2025-01-15T00:00:00"),
    ],
)
def test_before_by_the_calendar(at: str, span: Span, bound: str) -> None:
    assert before(day(at), span) == day(bound)


def test_before_counts_in_utc_whatever_zone_the_moment_came_in() -> None:
    new_year_in_plus_two = datetime(2027, 3, 1, 1, tzinfo=timezone(timedelta(hours=2)))
    assert before(new_year_in_plus_two, Span(months=12)) == day("2026-02-28T23:00:00")
    assert before(new_year_in_plus_two, Span(months=12)).utcoffset() == timedelta(0)


@pytest.mark.parametrize("span", [Span(days=90), Span(months=1), Span(months=24)])
def test_before_the_first_year_is_the_first_moment(span: Span) -> None:
    start = datetime.min.replace(tzinfo=UTC)
    assert before(start, span) == start


@given(at=moments, months=st.integers(1, 1200))
def test_months_lead_to_the_same_day_or_the_last_of_the_month(at: datetime, months: int) -> None:
    at, bound = utc(at), before(at, Span(months=months))
    assert (at.year * 12 + at.month) - (bound.year * 12 + bound.month) == months
    assert bound.timetz() == at.timetz()
    following = (bound + timedelta(days=1)).day
    assert bound.day == at.day or (bound.day < at.day and following == 1)


@given(at=moments, profile=profiles)
def test_bounds_fall_back_in_order(at: datetime, profile: Profile) -> None:
    edges = [first_under(b.until, at=at, counting=profile.counting) for b in profile.bands]
    assert edges == sorted(edges, reverse=True)
    assert len(set(edges)) == len(edges)
    assert edges[-1] == retention_edge(at=at, profile=profile)


@given(at=moments, profile=profiles)
def test_slices_tile_all_time(at: datetime, profile: Profile) -> None:
    tiling = slices(at=at, profile=profile)
    assert tiling[0].start == datetime.min.replace(tzinfo=UTC)
    assert tiling[-1].end == datetime.max.replace(tzinfo=UTC)
    assert all(left.end == right.start for left, right in pairwise(tiling))
    names = [one.name for one in tiling]
    assert names == [BEYOND_RETENTION, *(b.name for b in reversed(profile.bands)), FUTURE]


@given(
    start=moments,
    end=moments,
    at=moments,
    profile=profiles,
    cuts=st.frozensets(moments, max_size=4),
)
def test_a_split_loses_nothing_and_overlaps_nothing(
    start: datetime, end: datetime, at: datetime, profile: Profile, cuts: frozenset[datetime]
) -> None:
    pieces = split(start, end, at=at, profile=profile, cuts=cuts)
    if end <= start:
        assert pieces == ()
        return
    assert (pieces[0].start, pieces[-1].end) == (utc(start), utc(end))
    assert all(left.end == right.start for left, right in pairwise(pieces))
    for piece in pieces:
        assert piece.start < piece.end
        for moment in (piece.start, piece.end - INSTANT):
            found = band_of(moment, at=at, profile=profile)
            assert (found.name, found.band) == (piece.name, piece.band)
        assert not any(piece.start < cut < piece.end for cut in cuts)


@given(at=moments)
def test_a_read_exactly_as_old_as_a_bound_is_past_it(at: datetime) -> None:
    following = [*(band.name for band in ESSEX.bands[1:]), BEYOND_RETENTION]
    for band, older in zip(ESSEX.bands, following, strict=True):
        bound = before(at, band.until)
        assert band_of(bound, at=at, profile=ESSEX).name == older
        assert band_of(bound + INSTANT, at=at, profile=ESSEX).name == band.name


@given(at=moments)
def test_a_read_ahead_of_the_clock_is_new_up_to_the_tolerance(at: datetime) -> None:
    edge = utc(at) + timedelta(seconds=2)
    assert band_of(edge, at=at, profile=ESSEX).name == "0-90-days"
    assert band_of(edge + INSTANT, at=at, profile=ESSEX).name == FUTURE


@given(at=moments, captured_at=moments)
def test_whole_days_never_last_longer_than_instants(at: datetime, captured_at: datetime) -> None:
    order = [BEYOND_RETENTION, *(band.name for band in reversed(ESSEX.bands)), FUTURE]
    by_day = band_of(captured_at, at=at, profile=BY_DAYS).name
    by_instant = band_of(captured_at, at=at, profile=ESSEX).name
    assert order.index(by_day) <= order.index(by_instant)


@pytest.mark.parametrize(
    "at", ["2026-11-22T00:00:00", "2026-11-22T13:37:42.000007", "2026-11-22T23:59:59.999999"]
)
def test_the_edge_of_whole_days_is_a_midnight_all_day_long(at: str) -> None:
    edge = first_under(Span(days=90), at=day(at), counting=Counting.DAYS)
    assert edge == day("2026-08-25T00:00:00")


def test_whole_days_change_at_midnight_utc() -> None:
    captured_at = day("2026-08-24T23:30:00")
    before_midnight, after = day("2026-11-21T23:59:59"), day("2026-11-22T00:00:00")
    assert band_of(captured_at, at=before_midnight, profile=BY_DAYS).name == "0-90-days"
    assert band_of(captured_at, at=after, profile=BY_DAYS).name == "90-days-to-12-months"


@given(captured_at=moments, at=moments, later=st.timedeltas(timedelta(0), timedelta(days=900)))
def test_a_read_grows_older_and_never_younger_save_on_a_leap_day(
    captured_at: datetime, at: datetime, later: timedelta
) -> None:
    order = [FUTURE, *(band.name for band in ESSEX.bands), BEYOND_RETENTION]
    then = utc(at) + later
    first = order.index(band_of(captured_at, at=at, profile=ESSEX).name)
    second = order.index(band_of(captured_at, at=then, profile=ESSEX).name)
    leap_day = (then.month, then.day) == (2, 29)
    assert first <= second or leap_day


def test_on_a_leap_day_the_bound_stands_on_the_28th_at_the_same_hour() -> None:
    """A year before 29 February there is no such day: its bound is the 28th."""
    captured_at = day("2027-02-28T18:00:00")
    bands = [
        band_of(captured_at, at=day(at), profile=ESSEX).name
        for at in ("2028-02-28T18:00:00", "2028-02-29T09:00:00", "2028-02-29T18:00:00")
    ]
    assert bands == ["12-to-24-months", "90-days-to-12-months", "12-to-24-months"]


@given(captured_at=moments, at=moments, later=st.timedeltas(timedelta(0), timedelta(days=900)))
def test_counted_in_whole_days_a_read_never_grows_younger(
    captured_at: datetime, at: datetime, later: timedelta
) -> None:
    order = [FUTURE, *(band.name for band in BY_DAYS.bands), BEYOND_RETENTION]
    first = order.index(band_of(captured_at, at=at, profile=BY_DAYS).name)
    second = order.index(band_of(captured_at, at=utc(at) + later, profile=BY_DAYS).name)
    assert first <= second


def test_the_ends_of_time_have_a_band() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    assert band_of(last, at=AT, profile=ESSEX).name == FUTURE
    assert band_of(last, at=last, profile=ESSEX).name == FUTURE
    assert slices(at=last, profile=ESSEX)[-1].start == last
    first = datetime.min.replace(tzinfo=UTC)
    assert {one.start for one in slices(at=first, profile=ESSEX)[:-1]} >= {first}
    assert band_of(datetime.min.replace(tzinfo=UTC), at=AT, profile=ESSEX).name == BEYOND_RETENTION


def test_a_time_without_a_zone_is_a_mistake() -> None:
    naive = AT.replace(tzinfo=None)
    with pytest.raises(ValueError, match="zone"):
        band_of(naive, at=AT, profile=ESSEX)
    with pytest.raises(ValueError, match="zone"):
        slices(at=naive, profile=ESSEX)
