import pytest

from openanpr.search.analysis.scenes import compare
from openanpr.search.analysis.strength import Strength


def words(comparison):
    return {one.vrm: one.strength for one in comparison.visitors}


def test_without_days_to_compare_nothing_is_judged():
    found = compare({"A": 2}, [], fewest=2)
    assert words(found) == {"A": Strength.NOT_COMPARED}
    assert found.chances == ()


@pytest.mark.parametrize(
    ("days", "found", "word"),
    [
        (7, 1, Strength.MODERATE),
        (28, 1, Strength.MODERATE),
        (28, 2, Strength.STRONG),
        (4, 1, Strength.WEAK),
    ],
)
def test_what_no_other_day_brings_stands_out_the_more_days_there_were(days, found, word):
    marks = {f"M{number}": 2 for number in range(found)}
    comparison = compare(marks, [({"X"}, {"Y"})] * days, fewest=2)
    assert set(words(comparison).values()) == {word}
    assert comparison.chances[0].mean == 0


def test_roads_that_share_their_traffic_make_every_mark_weak():
    """Each other day, too, has a mark at both that is there on no other day."""
    days = [({f"D{day}"}, {f"D{day}"}) for day in range(14)]
    comparison = compare({"M": 2}, days, fewest=2)
    assert words(comparison) == {"M": Strength.WEAK}
    assert comparison.chances[0].mean == 1
    assert comparison.chances[0].share == 1


def test_who_is_there_on_other_days_is_weak_and_who_is_there_mostly_is_explained():
    days = [({"OFTEN", "ONCE"} if day == 0 else {"OFTEN"}, {"Z"}) for day in range(14)]
    comparison = compare({"OFTEN": 2, "ONCE": 2, "NEW": 2}, days, fewest=2)
    assert words(comparison) == {
        "NEW": Strength.MODERATE,
        "ONCE": Strength.WEAK,
        "OFTEN": Strength.EXPLAINED,
    }
    assert comparison.visitors[0].vrm == "NEW"
    assert {one.vrm: one.regular_days for one in comparison.visitors}["OFTEN"] == 14


def test_more_scenes_are_judged_by_what_more_scenes_bring():
    """Two of three scenes share traffic; all three share none."""
    days = [({f"D{day}"}, {f"D{day}"}, set()) for day in range(28)]
    comparison = compare({"TWO": 2, "THREE": 3, "TRIPLE": 3}, days, fewest=2)
    assert words(comparison)["TWO"] is Strength.WEAK
    assert words(comparison)["THREE"] is Strength.STRONG
    assert [one.scenes for one in comparison.chances] == [2, 3]
