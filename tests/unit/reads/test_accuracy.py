import pytest

from openanpr.reads.accuracy import LEAST, accuracy_of, wilson
from openanpr.reads.corrections import Source, Tally, Verdict, verdict_on


def tally(source, **counts):
    return Tally(
        camera_id=1,
        model="m",
        source=source,
        counts={Verdict(name): number for name, number in counts.items()},
    )


@pytest.mark.parametrize(
    ("vrm", "says", "verdict"),
    [
        ("OA30AAA", "OA30AAA", Verdict.RIGHT),
        ("OA30AAA", "0A3OAAA", Verdict.RIGHT),
        ("OA30AAA", "OA31AAA", Verdict.WRONG),
        ("OA30AAA", "", Verdict.UNREADABLE),
    ],
)
def test_a_plate_drawn_alike_is_read_right(vrm, says, verdict):
    assert verdict_on(vrm, says) is verdict


# Agresti and Coull (1998): the score interval of 0, 10, 95 and all of 100 (0.95).
@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(0, 100, 0.0, 0.0370), (10, 100, 0.0552, 0.1744), (95, 100, 0.8882, 0.9785), (0, 0, 0, 1)],
)
def test_the_bounds_are_those_of_the_score_interval(right, of, low, high):
    assert wilson(right, of) == pytest.approx((low, high), abs=5e-4)


def test_only_checks_are_a_sample_and_few_of_them_give_no_share():
    checked = tally(Source.CHECK, right=LEAST - 2, wrong=1, unreadable=3)
    corrected = tally(Source.COMPARISON, right=5, wrong=7)
    few = accuracy_of([checked, corrected])
    assert (few.judged, few.right, few.unreadable, few.corrected) == (LEAST - 1, LEAST - 2, 3, 7)
    assert few.words == f"Too few to say ({LEAST - 1} of {LEAST})"
    enough = accuracy_of([tally(Source.CHECK, right=38, wrong=2)])
    assert enough.words.startswith("95.0% (95% bounds 83.")
