"""Coverage masks of the characters 0-9 and A-Z in every face and variant."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from openanpr.rendering import figures, letters
from openanpr.rendering.faces import Alphabet, Face, alphabet
from openanpr.rendering.pen import Pen
from openanpr.rendering.strokes import Mask, draw

_SHAPES = figures.SHAPES | letters.SHAPES


def glyph_width(char: str, face: Alphabet) -> float:
    """Return the width of a character's box in millimetres."""
    if char == "1":
        return {
            "bar": face.stroke,
            "flag": face.stroke + face.width * 0.3,
            "serif": face.width * 0.8,
        }[face.one]
    if char == "I":
        return face.stroke if face.letter_i == "bar" else face.width * 0.62
    if char in "MW":
        return face.width * face.wide_mw
    if char in "EFLJ":
        return face.width * face.narrow_e
    if char == "0" and face.zero in ("narrow", "cut"):
        return face.width * 0.92
    return face.width


@lru_cache(maxsize=40_000)
def glyph_mask(face: Face, variant: int, char: str, scale: float) -> Mask:
    """Return a character's coverage mask at `scale` pixels a millimetre.

    Raises KeyError for a character outside 0-9 and A-Z.
    """
    parameters = alphabet(face, variant)
    width = glyph_width(char, parameters)
    pen = Pen(parameters, width)
    mask = draw(_SHAPES[char](pen), width, parameters.height, parameters.stroke, scale)
    if parameters.gap and char in "PR6908DO":
        _cut(mask, parameters.gap, char)
    mask.setflags(write=False)
    return mask


def _cut(mask: NDArray[np.uint8], gap: float, char: str) -> None:
    rows, columns = mask.shape
    thick = max(1, round(rows * gap))
    row = {"6": 0.42, "9": 0.5}.get(char, 0.46)
    at = round(rows * row)
    side = slice(columns // 2, None) if char != "9" else slice(0, columns // 2)
    mask[at : at + thick, side] = 0
