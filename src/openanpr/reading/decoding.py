"""From the scores of characters to marks: a beam over the slots, weighed by syntax.

Syntax moves probability between readings that the picture supports. It never adds a character
that the picture does not show, and never removes a reading because its form is unknown.
"""

import datetime
import math
from collections.abc import Mapping, Set
from heapq import nlargest
from typing import Final

import numpy as np

from openanpr.reading.syntax import NO_LAYOUT, fits, home, prior
from openanpr.reading.values import Candidate, Decoded, PlateScores, Scores
from openanpr.vrm import ALPHABET, SAME_GLYPH, canonical

FLOOR: Final = 1e-4
"""A character less probable than this is not in the picture."""

BEAM: Final = 32
OPTIONS: Final = 6
OTHER_SPELLING: Final = 0.05
KEPT: Final = 5
_GLYPH_SHARE: Final = 0.05
_BRITISH_GLYPH_SHARE: Final = 0.3
_CLASSES: Final = ("", *ALPHABET)
_TWINS: Final = tuple(
    tuple(sorted(_CLASSES.index(character) for character in pair)) for pair in SAME_GLYPH
)


def decode(
    scores: PlateScores, *, day: datetime.date | None = None, hint: str | None = None
) -> Decoded | None:
    """The mark that the scores show, or None where every slot is empty.

    `day` bounds the age codes (see `syntax.prior`); `hint` names the country that the person at
    the keyboard expects, which outweighs the network's guess without excluding others.
    """
    told = hinted(scores.countries, hint)
    raw = raw_text(scores.characters)
    readings = beam(with_twins(scores.characters, british=told.get("GB", 0.0)))
    spelt = {canonical(text) for text in readings if text and fits(text, None)}
    weighed = {
        text: math.exp(log_probability) * _weight(text, spelt, told, day)
        for text, log_probability in readings.items()
        if text
    }
    if not weighed or not raw:
        return None
    # What fell off the beam may be anything; it keeps the weight of a text without a layout.
    rest = max(0.0, 1.0 - sum(math.exp(value) for value in readings.values()))
    total = sum(weighed.values()) + (rest + math.exp(readings.get("", -math.inf))) * NO_LAYOUT
    ranked = sorted(weighed.items(), key=lambda item: (-item[1], item[0]))
    candidates = tuple(Candidate(text, weight / total) for text, weight in ranked[:KEPT])
    best = candidates[0]
    country, country_confidence = home(best.vrm, told, day=day)
    return Decoded(
        vrm=best.vrm,
        raw=raw,
        confidence=best.confidence,
        candidates=candidates,
        country=country,
        country_confidence=country_confidence,
        fits_a_layout=bool(fits(best.vrm, None)),
    )


def _weight(
    text: str, spelt: Set[str], told: Mapping[str, float], day: datetime.date | None
) -> float:
    weight = prior(text, told, day=day)
    # Of two spellings of one look (AB1 or ABI), the one that no country uses is no mark at all.
    if not fits(text, None) and canonical(text) in spelt:
        return weight * OTHER_SPELLING
    return weight


def raw_text(characters: Scores) -> str:
    """The likeliest class of each slot, written one after another without the empty ones."""
    return "".join(_CLASSES[index] for index in characters.argmax(axis=1))


def with_twins(characters: Scores, *, british: float) -> Scores:
    """Log-probabilities in which 0 and O, and 1 and I, lend each other a share.

    British plates draw each pair alike, so that the picture alone can't tell them apart: only
    the place in the mark can. The likelier the plate is `british`, the larger the share.
    """
    lent = _GLYPH_SHARE + (_BRITISH_GLYPH_SHARE - _GLYPH_SHARE) * british
    probability = np.exp(characters)
    for one, other in _TWINS:
        a, b = probability[:, one].copy(), probability[:, other].copy()
        probability[:, one] = (1 - lent) * a + lent * b
        probability[:, other] = (1 - lent) * b + lent * a
    return np.asarray(np.log(np.maximum(probability, 1e-12)), dtype=np.float32)


def beam(characters: Scores) -> dict[str, float]:
    """The likeliest texts with their log-probabilities; slots that give one text are joined."""
    paths = {"": 0.0}
    floor = math.log(FLOOR)
    for slot in characters:
        likely = np.argsort(-slot, kind="stable")[:OPTIONS]
        options = [(_CLASSES[i], float(slot[i])) for i in likely if slot[i] >= floor]
        longer: dict[str, float] = {}
        for text, so_far in paths.items():
            for character, log_probability in options:
                key = text + character
                value = so_far + log_probability
                longer[key] = _either(longer[key], value) if key in longer else value
        paths = dict(nlargest(BEAM, longer.items(), key=lambda item: (item[1], item[0])))
    return paths


def hinted(told: Mapping[str, float], hint: str | None) -> dict[str, float]:
    """The probabilities of countries with nine tenths moved to the expected one."""
    if hint is None:
        return dict(told)
    moved = {country: 0.1 * share for country, share in told.items()}
    moved[hint] = moved.get(hint, 0.0) + 0.9
    return moved


def _either(one: float, other: float) -> float:
    high, low = max(one, other), min(one, other)
    return high + math.log1p(math.exp(low - high))
