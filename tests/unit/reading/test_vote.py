"""The vote over frames."""

import numpy as np

from openanpr.reading.decoding import decode, raw_text
from openanpr.reading.recogniser import log_softmax
from openanpr.reading.values import PlateScores
from openanpr.reading.vote import Vote, weight_of
from openanpr.vrm import ALPHABET


def look(text: str, *, strength: float = 3.0, readable: float = 0.99) -> PlateScores:
    logits = np.zeros((10, 37), np.float32)
    for slot in range(10):
        seen = ALPHABET.index(text[slot]) + 1 if slot < len(text) else 0
        logits[slot, seen] = strength
    return PlateScores(log_softmax(logits), {"GB": 1.0}, readable, 0.0)


def test_the_majority_wins_and_grows_surer() -> None:
    vote = Vote()
    assert vote.result() is None
    alone = decode(look("OA30AAA", strength=5.0))
    for text in ("OA30AAA", "OA30AAB", "OA30AAA", "OA30AAA"):
        vote.add(look(text, strength=5.0), weight=1.0)
    result = vote.result()
    assert result is not None
    assert raw_text(result.characters) == "OA30AAA"
    together = decode(result)
    assert together is not None
    assert alone is not None
    assert together.confidence > alone.confidence
    assert vote.looks == 4


def test_a_heavy_look_outweighs_light_ones() -> None:
    vote = Vote()
    for text, weight in (("OA30AAB", 0.1), ("OA30AAB", 0.1), ("OA30AAA", 1.0)):
        vote.add(look(text), weight=weight)
    result = vote.result()
    assert result is not None
    assert raw_text(result.characters) == "OA30AAA"


def test_a_look_that_lost_a_character_does_not_shift_the_others() -> None:
    vote = Vote()
    for text in ("OA30AAA", "A30AAA", "OA30AAA", "A30AAA", "OA30AAA"):
        vote.add(look(text), weight=1.0)
    result = vote.result()
    assert result is not None
    assert raw_text(result.characters) == "OA30AAA"


def test_many_alike_looks_do_not_make_a_doubt_certain() -> None:
    vote = Vote()
    doubtful = look("OA30AAA", strength=3.0)
    for _ in range(500):
        vote.add(doubtful, weight=1.0)
    result = vote.result()
    assert result is not None
    assert np.exp(result.characters.max()) < 0.9999


def test_a_larger_sharper_surer_look_weighs_more() -> None:
    sharp = np.random.default_rng(1).integers(0, 255, (24, 96, 3), dtype=np.uint8)
    flat = np.full((24, 96, 3), 120, np.uint8)

    def weight(confidence: float = 0.9, height: float = 24, picture: np.ndarray = sharp) -> float:
        return weight_of(look("OA30AAA"), confidence=confidence, height=height, patch=picture)

    plain = weight()
    assert weight(height=12) < plain
    assert weight(picture=flat) < plain
    assert weight(confidence=0.5) < plain
    dim = look("OA30AAA", readable=0.5)
    assert weight_of(dim, confidence=0.9, height=24, patch=sharp) < plain
