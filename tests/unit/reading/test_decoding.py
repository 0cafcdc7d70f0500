"""From scores to marks: nothing invented, order by probability, syntax as a prior."""

import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openanpr.reading.decoding import FLOOR, beam, decode, raw_text, with_twins
from openanpr.reading.recogniser import log_softmax
from openanpr.reading.syntax import home, prior
from openanpr.reading.values import PlateScores
from openanpr.vrm import ALPHABET, canonical

CLASSES = ["", *ALPHABET]
TWINS = {"0": "O", "O": "0", "1": "I", "I": "1"}


def _logits(drawn: tuple[int, float]) -> np.ndarray:
    seed, spread = drawn
    return np.random.default_rng(seed).normal(0, spread, (10, 37)).astype(np.float32)


LOGITS = st.tuples(st.integers(0, 10**6), st.floats(0, 8)).map(_logits)


def scores_of(characters: np.ndarray, country: str = "GB") -> PlateScores:
    return PlateScores(log_softmax(characters), {country: 0.97, "other": 0.03}, 0.99, 0.0)


def slots(*options: dict[str, float]) -> PlateScores:
    """Scores in which each slot has these probabilities; the rest of the slots are empty."""
    logits = np.full((10, 37), -25.0, np.float32)
    for number in range(10):
        for character, probability in (
            options[number] if number < len(options) else {"": 1.0}
        ).items():
            logits[number, CLASSES.index(character)] = np.log(probability)
    return scores_of(logits)


def sure(text: str) -> list[dict[str, float]]:
    return [{character: 1.0} for character in text]


@given(LOGITS)
@settings(max_examples=60, deadline=None)
def test_no_character_is_invented(logits: np.ndarray) -> None:
    scores = scores_of(logits)
    decoded = decode(scores)
    if decoded is None:
        return
    seen = np.exp(scores.characters).max(axis=0)
    shown = {c for c, p in zip(CLASSES[1:], seen[1:], strict=True) if p >= FLOOR * 0.99}
    for candidate in decoded.candidates:
        for character in candidate.vrm:
            assert character in shown or TWINS.get(character) in shown


@given(LOGITS)
@settings(max_examples=60, deadline=None)
def test_candidates_fall_in_probability_and_make_up_no_more_than_one(logits: np.ndarray) -> None:
    decoded = decode(scores_of(logits))
    if decoded is None:
        return
    told = [candidate.confidence for candidate in decoded.candidates]
    assert told == sorted(told, reverse=True)
    assert 0 < sum(told) <= 1 + 1e-6
    assert decoded.vrm == decoded.candidates[0].vrm
    assert decoded.confidence == told[0]
    assert len({candidate.vrm for candidate in decoded.candidates}) == len(told)


@given(LOGITS)
@settings(max_examples=30, deadline=None)
def test_the_beam_holds_probabilities_of_different_texts(logits: np.ndarray) -> None:
    readings = beam(log_softmax(logits))
    assert sum(np.exp(value) for value in readings.values()) <= 1 + 1e-4


def test_slots_that_give_the_same_text_are_joined() -> None:
    half = {"A": 0.5, "": 0.5}
    readings = beam(slots(half, half).characters)
    assert np.exp(readings["A"]) == pytest.approx(0.5, abs=1e-3)


@pytest.mark.parametrize("text", ["OA30AAA", "10FY", "FIN1", "J19747", "Q434YUX", "X", "ZZ9ZZ9ZZ9"])
def test_a_clear_mark_is_read_as_it_stands_whatever_its_form(text: str) -> None:
    decoded = decode(slots(*sure(text)))
    assert decoded is not None
    assert decoded.raw == text
    assert decoded.vrm == text
    assert decoded.confidence > 0.6


@pytest.mark.parametrize(
    ("seen", "mark"),
    [
        ("0A30AAA", "OA30AAA"),
        ("OA3OAAA", "OA30AAA"),
        ("A1I0AAA", "A110AAA"),
        ("OII3", "OII3"),
        ("A0AI", "AOA1"),
    ],
)
def test_the_place_in_the_mark_tells_o_from_0_and_i_from_1(seen: str, mark: str) -> None:
    decoded = decode(slots(*sure(seen)))
    assert decoded is not None
    assert decoded.raw == seen
    assert decoded.vrm == mark
    assert canonical(decoded.vrm) == canonical(seen)


def test_syntax_decides_what_the_picture_leaves_open_and_no_more() -> None:
    eight_or_b = {"8": 0.55, "B": 0.45}
    open_question = decode(slots(*sure("OA30A"), eight_or_b, {"A": 1.0}))
    assert open_question is not None
    assert open_question.vrm == "OA30ABA"
    assert open_question.raw == "OA30A8A"
    clear = decode(slots(*sure("OA30A"), {"8": 0.9999, "B": 0.0001}, {"A": 1.0}))
    assert clear is not None
    assert clear.vrm == "OA30A8A"


def test_nothing_is_read_where_every_slot_is_empty() -> None:
    assert decode(slots()) is None


def test_the_country_follows_look_and_text() -> None:
    assert home("OA30AAA", {"GB": 0.9, "NL": 0.1})[0] == "GB"
    assert home("XNXN00", {"GB": 0.4, "NL": 0.6})[0] == "NL"
    assert home("XXXXXXXX", {"other": 0.9, "GB": 0.1})[0] is None
    share = home("XNXN00", {"GB": 0.4, "NL": 0.6})[1]
    assert 0.5 < share <= 1


def test_a_hint_weighs_and_does_not_exclude() -> None:
    dutch = decode(slots(*sure("XNXN00")), hint="GB")
    assert dutch is not None
    assert dutch.vrm == "XNXN00"
    doubtful = [{"O": 0.5, "0": 0.5}, *sure("1AB12")]
    hinted = decode(slots(*doubtful), hint="NL")
    assert hinted is not None
    assert len(hinted.candidates) >= 2


def test_an_age_not_issued_by_the_day_weighs_less() -> None:
    told = {"GB": 1.0}
    day = datetime.date(2026, 11, 22)
    assert prior("OA30AAA", told, day=day) < prior("OA25AAA", told, day=day)
    assert prior("OA30AAA", told) == prior("OA25AAA", told)
    assert prior("8A8A8A8A", told) > 0


@given(LOGITS)
@settings(max_examples=20, deadline=None)
def test_twins_lend_each_other_a_share_and_the_sum_stays(logits: np.ndarray) -> None:
    characters = log_softmax(logits)
    before, after = np.exp(characters), np.exp(with_twins(characters, british=0.5))
    assert np.allclose(after.sum(axis=1), before.sum(axis=1), atol=1e-4)
    zero, letter = CLASSES.index("0"), CLASSES.index("O")
    larger = np.maximum(before[:, zero], before[:, letter])
    assert (after[:, [zero, letter]].max(axis=1) <= larger + 1e-6).all()


def test_the_raw_reading_is_the_likeliest_character_of_each_slot() -> None:
    assert raw_text(slots(*sure("0I30"), {"A": 0.4, "B": 0.6}).characters) == "0I30B"
