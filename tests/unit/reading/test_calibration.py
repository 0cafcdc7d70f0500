"""Calibration: bins, the expected error and its interval; and the table of characters."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openanpr.reading.accuracy import edits
from openanpr.reading.calibration import expected_error, interval, reliability
from openanpr.reading.characters import CharacterTable, aligned

OUTCOMES = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40)
TEXTS = st.text(alphabet="AB1", max_size=7)


def drawn(count: int, *, honest: bool) -> list[tuple[float, bool]]:
    generator = np.random.default_rng(3)
    sure = generator.random(count)
    right = generator.random(count) < (sure if honest else sure**3)
    return list(zip(sure.tolist(), right.tolist(), strict=True))


@given(OUTCOMES)
def test_every_reading_is_in_one_bin_and_the_error_is_their_mean_gap(
    told: list[tuple[float, bool]],
) -> None:
    bins = reliability(told)
    assert [each.low for each in bins] == pytest.approx([n / 10 for n in range(10)])
    assert sum(each.readings for each in bins) == len(told)
    gaps = sum(
        abs(each.confidence - each.right) * each.readings
        for each in bins
        if each.confidence is not None and each.right is not None
    )
    assert expected_error(told) == pytest.approx(gaps / max(1, len(told)))


def test_full_confidence_is_in_the_last_bin() -> None:
    last = reliability([(1.0, True), (0.95, False)])[-1]
    assert (last.readings, last.confidence, last.right) == (2, pytest.approx(0.975), 0.5)


def test_the_interval_holds_the_error_and_tells_honest_from_boastful() -> None:
    honest, boastful = (drawn(3000, honest=each) for each in (True, False))
    low, high = interval(honest) or (1.0, 0.0)
    assert low <= expected_error(honest) <= high
    assert high < 0.06
    assert (interval(boastful) or (0.0, 0.0))[0] > 0.15
    assert interval(honest) == (low, high)
    few = interval(honest[:40]) or (0.0, 0.0)
    assert few[1] - few[0] > high - low


def test_one_reading_has_no_interval() -> None:
    assert interval([(0.9, True)]) is None
    assert interval([]) is None


@given(TEXTS, TEXTS)
def test_the_alignment_spells_both_texts_with_the_fewest_edits(one: str, other: str) -> None:
    pairs = list(aligned(one, other))
    assert "".join(shown for shown, _ in pairs) == one
    assert "".join(read for _, read in pairs) == other
    assert sum(shown != read for shown, read in pairs) == edits(one, other)


def test_the_table_counts_right_confused_left_out_and_put_in() -> None:
    table = CharacterTable()
    table.add("OA30AAA", "0A30AAA")
    table.add("OA30AAB", "OA30AB")
    table.add("XK44", "XK4T4")
    rows = table.rows()
    assert rows["O"] == {"shown": 2, "right": 1, "left_out": 0, "read_as": {"0": 1}}
    assert rows["A"]["left_out"] == 1
    assert table.put_in() == {"T": 1}
    assert table.confusions() == {("O", "0"): 1}
