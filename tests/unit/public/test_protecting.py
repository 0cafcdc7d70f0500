"""No vehicle more or less shows in a figure, and no two figures give a third."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openanpr.public.figures.catalogue import FIGURES
from openanpr.public.figures.protecting import LEAST_STEPS, protect

KEYS = st.binary(min_size=16, max_size=32)
MONTH = date(2026, 10, 1)


def value(key: bytes, count: int, name: str = "reads", month: date = MONTH) -> int | None:
    found = protect({name: count}, month=month, key=key)
    return next(one.value for one in found if one.figure.key == name)


@given(key=KEYS, count=st.integers(0, 10**9), name=st.sampled_from(sorted(FIGURES)))
def test_a_figure_is_a_multiple_of_its_step_and_near_the_count(key, count, name) -> None:
    shown, step = value(key, count, name), FIGURES[name].step
    if shown is None:
        assert count < (LEAST_STEPS + 2) * step
    else:
        assert shown % step == 0
        assert shown >= LEAST_STEPS * step
        assert abs(shown - count) <= 1.5 * step + 1


@given(count=st.integers(0, 10**6))
def test_who_drives_past_a_camera_cannot_tell_that_it_was_counted(count) -> None:
    """Over all keys one read more changes the figure as seldom as one in a step."""
    keys = [number.to_bytes(16, "big") for number in range(60)]
    changed = sum(value(key, count) != value(key, count + 1) for key in keys)
    assert changed <= 3


def test_what_small_numbers_hide_is_the_same_whatever_it_is() -> None:
    keys = [number.to_bytes(16, "big") for number in range(200)]
    for count in (0, 1, 4):
        assert {value(key, count, "stops") for key in keys} <= {None, 10}
    assert {value(key, 0, "stops") for key in keys} == {None}


@given(key=KEYS, parts=st.lists(st.integers(0, 500), min_size=2, max_size=2))
def test_a_total_less_one_part_is_not_the_other(key, parts) -> None:
    """Each figure is moved by itself: what is left over is off by the amounts of both."""
    total = value(key, sum(parts), "alerts")
    part = value(key, parts[0], "stops")
    rest = {
        (value(other, sum(parts), "alerts") or 0) - (value(other, parts[0], "stops") or 0)
        for other in (key, *(number.to_bytes(16, "big") for number in range(80)))
    }
    if total is not None and part is not None and sum(parts) > 40 and parts[0] > 40:
        assert len(rest) >= 3


def test_the_same_month_gives_the_same_figure_and_another_month_another_movement() -> None:
    key = bytes(range(16))
    assert value(key, 50_700) == value(key, 50_700)
    months = [date(2026, month, 1) for month in range(1, 13)]
    assert len({value(key, 50_700, month=month) for month in months}) > 1


def test_a_negative_count_is_an_error() -> None:
    with pytest.raises(ValueError, match="negative"):
        protect({"reads": -1}, month=MONTH, key=bytes(16))
