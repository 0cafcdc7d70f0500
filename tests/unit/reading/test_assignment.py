"""Pairs of the least total cost."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from openanpr.reading.assignment import least_cost_pairs


@given(st.integers(1, 7), st.integers(1, 7), st.integers(0, 10**6), st.booleans())
@settings(max_examples=150, deadline=None)
def test_no_other_choice_of_pairs_costs_less(
    rows: int, columns: int, seed: int, whole_numbers: bool
) -> None:
    costs = np.random.default_rng(seed).normal(0, 4, (rows, columns))
    if whole_numbers:  # many choices of one cost
        costs = np.round(costs)
    pairs = least_cost_pairs(costs)
    assert len(pairs) == min(rows, columns)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    expected = costs[linear_sum_assignment(costs)].sum()
    assert sum(costs[row, column] for row, column in pairs) == pytest.approx(expected)
