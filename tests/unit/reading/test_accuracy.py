"""How right readings are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openanpr.reading.accuracy import Accuracy, edits, is_junk
from openanpr.reading.values import Candidate, Decoded

TEXTS = st.text(alphabet="AB1", max_size=6)


def told(vrm: str, confidence: float = 0.9) -> Decoded:
    return Decoded(vrm, vrm, confidence, (Candidate(vrm, confidence),), "GB", 0.9, True)


@given(TEXTS, TEXTS, TEXTS)
def test_edits_are_a_distance(one: str, two: str, three: str) -> None:
    assert edits(one, one) == 0
    assert edits(one, two) == edits(two, one)
    assert edits(one, three) <= edits(one, two) + edits(two, three)
    assert edits(one, two) >= abs(len(one) - len(two))


def test_junk_is_further_than_half_its_length_from_every_plate() -> None:
    assert edits("OA30AAA", "OA3AAB") == 2
    assert not is_junk("OA30", ["OA30AAA", "XK44LMN"]) or edits("OA30", "OA30AAA") > 2
    assert is_junk("TAXI", ["OA30AAA"])
    assert is_junk("OA30AAA", [])
    assert not is_junk("OA30AAB", ["XK44LMN", "OA30AAA"])


def test_counts_of_pictures() -> None:
    accuracy = Accuracy()
    assert accuracy.add(["OA30AAA"], [told("OA30AAA"), told("TAXI")]) == []
    assert accuracy.add(["OA30AAA"], [told("0A30AAA")]) == ["OA30AAA"]
    assert accuracy.add(["OA30AAA"], []) == ["OA30AAA"]
    assert accuracy.add(["OA30AAA"], [told("OA30AAA"), told("OA30AAA")]) == []
    assert (accuracy.pictures, accuracy.plates, accuracy.reads) == (4, 4, 5)
    assert (accuracy.exact, accuracy.folded, accuracy.unread) == (2, 3, 1)
    assert (accuracy.junk, accuracy.repeated) == (1, 1)
    assert accuracy.confusions == {("O", "0"): 1}


def test_the_calibration_error_compares_confidence_with_success() -> None:
    assert Accuracy().calibration_error() == 0
    sure = Accuracy()
    for right in (True, True, True, False):
        sure.add(["OA30AAA" if right else "XK44LMN"], [told("OA30AAA", 1.0)])
    assert sure.calibration_error() == pytest.approx(0.25)
    fair = Accuracy()
    for right in (True, True, True, False):
        fair.add(["OA30AAA" if right else "XK44LMN"], [told("OA30AAA", 0.75)])
    assert fair.calibration_error() == pytest.approx(0)
