"""The mark as a value: normalising, folding, masking and packing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openanpr.vrm import ALPHABET, InvalidVrm, Vrm, canonical, mask, normalise, pack, unpack

MARKS = st.text(alphabet=ALPHABET, min_size=1, max_size=12)


def test_a_mark_is_upper_case_without_spaces_or_dashes() -> None:
    assert normalise(" oa30-aaa ") == "OA30AAA"
    assert Vrm.parse("oa30 aaa") == Vrm("OA30AAA")


@pytest.mark.parametrize(
    "text", ["", "  - ", "A" * 13, "AB12_CDE", "ÄB12CDE", "\u0131\u013130aaa", "AB?2"]
)
def test_a_text_that_is_no_mark_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(InvalidVrm) as problem:
        Vrm.parse(text)
    assert text.strip(" -") == "" or text not in str(problem.value)


def test_a_value_that_is_not_normalised_is_refused() -> None:
    with pytest.raises(InvalidVrm):
        Vrm("oa30aaa")


def test_folding_joins_the_pairs_that_british_plates_draw_alike() -> None:
    assert canonical("OI30IO") == "013010"
    assert Vrm("OA30AAA").canonical == "0A30AAA"


@given(MARKS)
def test_packing_goes_there_and_back_within_63_bits(text: str) -> None:
    assert 0 < pack(text) < 2**63
    assert unpack(pack(text)) == text
    assert Vrm(text).packed == pack(text)


@given(MARKS, MARKS)
def test_packed_marks_are_ordered_as_the_marks(one: str, other: str) -> None:
    assert (pack(one) < pack(other)) == (one < other)
    assert (Vrm(one) < Vrm(other)) == (one < other)


@pytest.mark.parametrize("number", [0, -1, 37**12, 1, 2**64])
def test_a_number_that_holds_no_mark_is_refused(number: int) -> None:
    with pytest.raises(InvalidVrm):
        unpack(number)


@given(MARKS)
def test_a_masked_mark_gives_away_at_most_its_first_character(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert set(masked[1:]) <= {"*"}
    if len(text) <= 3:
        assert set(masked) == {"*"}
    if len(text) > 1:
        assert text not in repr(Vrm(text))
