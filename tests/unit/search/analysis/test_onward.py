from datetime import timedelta

import pytest

from openanpr.reads.accuracy import wilson
from openanpr.search.analysis.journeys import journeys_of
from openanpr.search.analysis.onward import FEWEST, onward_from
from tests.unit.search.analysis.drives import DAY, MINUTE, seen


@pytest.mark.parametrize(
    ("times", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_one_in_the_literature(times, of, low, high):
    """The last three: Newcombe, Statistics in Medicine 17 (1998), table I, method 3."""
    assert wilson(times, of) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def ask(onward):
    """A journey a day from camera 1 to the camera given, and at last one that ends at camera 1."""
    reads = [seen(len(onward) * DAY, 0)]
    for day, km in enumerate(onward):
        reads.append(seen(day * DAY, 0))
        if km is not None:
            reads.append(seen(day * DAY + 7 * MINUTE, km))
    return onward_from(journeys_of(reads), camera_id=1)


def test_few_passes_say_nothing():
    found = ask([5] * (FEWEST - 1))
    assert (found.passes, found.onward) == (FEWEST - 1, ())


def test_the_shares_with_their_intervals():
    found = ask([5] * 8 + [9] + [None] * 3)
    assert [(one.camera_id, one.times, one.of) for one in found.onward] == [
        (6, 8, 12),
        (None, 3, 12),
        (10, 1, 12),
    ]
    likeliest = found.onward[0]
    assert likeliest.low < likeliest.share < likeliest.high
    assert likeliest.after == timedelta(minutes=7)
    assert found.onward[1].after is None


def test_the_pass_that_is_asked_about_is_not_counted():
    assert ask([5] * FEWEST).passes == FEWEST
