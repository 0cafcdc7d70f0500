"""Counts for answers say no more than what is published."""

import pytest

from openanpr.assurance.foi import in_words
from openanpr.public.figures.catalogue import FIGURES
from openanpr.public.figures.protecting import Published

ALERTS = FIGURES["alerts"]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([20, 35], "about 55"),
        ([20, "hidden"], "about 20; fewer than 10 in 1 month"),
        (["hidden", "hidden"], "fewer than 10 in 2 months"),
        ([1200, None], "about 1,200; 1 not published"),
        ([None], "not published"),
        ([], "not published"),
    ],
)
def test_a_sum_of_published_months(values, text):
    given = [
        None if one is None else Published(ALERTS, None if one == "hidden" else one)
        for one in values
    ]
    assert in_words(given) == text
