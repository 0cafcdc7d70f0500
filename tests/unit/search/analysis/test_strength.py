import itertools
import math

import pytest

from openanpr.search.analysis.strength import (
    Strength,
    chance_of_at_least,
    strength_of,
    upper_rate,
)


@pytest.mark.parametrize("count", range(6))
def test_the_chance_is_the_sum_over_every_way_to_succeed(count):
    chances = [0.1, 0.5, 0.03, 0.9]
    expected = sum(
        math.prod(
            chance if won else 1 - chance for chance, won in zip(chances, outcome, strict=True)
        )
        for outcome in itertools.product((True, False), repeat=len(chances))
        if sum(outcome) >= count
    )
    assert chance_of_at_least(count, chances) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("count", "trials", "limit"), [(0, 1, 2.996), (0, 7, 0.428), (1, 1, 4.744), (10, 2, 8.481)]
)
def test_the_upper_limit_is_the_one_in_the_tables(count, trials, limit):
    assert upper_rate(count, trials) == pytest.approx(limit, abs=0.001)


@pytest.mark.parametrize(
    ("by_chance", "word"),
    [
        (0.0, Strength.STRONG),
        (0.01, Strength.STRONG),
        (0.1, Strength.MODERATE),
        (1.0, Strength.WEAK),
        (1.01, Strength.EXPLAINED),
    ],
)
def test_the_words(by_chance, word):
    assert strength_of(by_chance) is word
