"""Partial marks, confusable marks and never-issued marks."""

import fnmatch
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openanpr.vrm import ALPHABET, InvalidVrm, VrmPattern, confusable_with, confusions, fictional

MARKS = st.text(alphabet="AB1", min_size=1, max_size=8)


def test_a_pattern_is_normalised_and_says_what_is_given() -> None:
    pattern = VrmPattern.parse("oa?0 a**")
    assert str(pattern) == "OA?0A*"
    assert pattern.prefix == "OA"
    assert pattern.literals == 4
    assert pattern.like == "OA_0A%"
    assert str(pattern.folded) == "0A?0A*"
    assert not pattern.is_exact
    assert VrmPattern.parse("OA30AAA").is_exact
    assert "OA" not in repr(pattern)


@pytest.mark.parametrize("text", ["", "OA[0-9]", "OA%", "OA_", "?" * 13, "Ä*"])
def test_what_is_no_pattern_is_refused(text: str) -> None:
    with pytest.raises(InvalidVrm):
        VrmPattern.parse(text)


@given(st.text(alphabet="AB1?*", min_size=1, max_size=8), MARKS)
def test_a_pattern_matches_as_shell_wildcards_do(text: str, mark: str) -> None:
    assert VrmPattern.parse(text).matches(mark) == fnmatch.fnmatchcase(mark, text)


def test_confusable_marks_are_counted_by_their_differing_places() -> None:
    assert confusions("OA30AAA", "0A30AAA") == 1
    assert confusions("OA30BAA", "0A308AA") == 2
    assert confusions("OA30AAA", "OA30AAX") is None
    assert confusions("OA30AAA", "OA30AA") is None


def test_confusion_goes_both_ways() -> None:
    for one, other in itertools.permutations(ALPHABET, 2):
        assert (other in confusable_with(one)) == (one in confusable_with(other))


def test_fictional_marks_differ_and_come_again_for_the_same_seed() -> None:
    first = list(itertools.islice(fictional.marks(7), 500))
    assert len(set(first)) == 500
    assert first == list(itertools.islice(fictional.marks(7), 500))
    assert first[0] == fictional.mark(7)
    assert all(fictional.is_fictional(mark) for mark in first)


@pytest.mark.parametrize("mark", ["OA26AAA", "OA51AAA", "OA76AAA", "A123ABC", "OI30AAA"])
def test_a_mark_that_may_be_real_is_not_fictional(mark: str) -> None:
    assert not fictional.is_fictional(mark)
