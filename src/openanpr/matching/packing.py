"""Many marks at once as the 64-bit integers of `openanpr.vrm.pack`."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from openanpr.vrm import ALPHABET, MAX_LENGTH, InvalidVrm

Keys = npt.NDArray[np.uint64]

_BASE: Final = len(ALPHABET) + 1
_INVALID: Final = 255


def _codes() -> npt.NDArray[np.uint8]:
    table = np.full(256, _INVALID, dtype=np.uint8)
    table[0] = 0  # numpy pads short texts with zero bytes, and zero is "no character here"
    for number, character in enumerate(ALPHABET, start=1):
        table[ord(character)] = number
    # Folding while packing: the letters O and I count as the digits 0 and 1.
    table[ord("O")] = table[ord("0")]
    table[ord("I")] = table[ord("1")]
    return table


def _codes_as_written() -> npt.NDArray[np.uint8]:
    table = np.full(256, _INVALID, dtype=np.uint8)
    table[ord(" ")] = 0
    for number, character in enumerate(ALPHABET, start=1):
        table[ord(character)] = number
    return table


_CANONICAL_CODES: Final = _codes()
_CODES_AS_WRITTEN: Final = _codes_as_written()
_WEIGHTS: Final = np.array(
    [_BASE**power for power in range(MAX_LENGTH - 1, -1, -1)], dtype=np.uint64
)


def canonical_keys(vrms: Sequence[str]) -> Keys:
    """`pack(canonical(vrm))` of each normalised mark, shape [n], uint64.

    Raises InvalidVrm (which names no mark) when one is not normalised.
    """
    if not vrms:
        return np.zeros(0, dtype=np.uint64)
    try:
        texts = np.array(vrms, dtype="S")
    except UnicodeEncodeError:
        raise InvalidVrm("one of the marks is not normalised") from None
    width = texts.dtype.itemsize
    codes = _CANONICAL_CODES[texts.view(np.uint8).reshape(len(vrms), width)]
    if width > MAX_LENGTH or (codes == _INVALID).any() or (codes[:, 0] == 0).any():
        raise InvalidVrm("one of the marks is not normalised")
    keys: Keys = codes.astype(np.uint64) @ _WEIGHTS[:width]
    return keys


def padded_keys(marks: npt.NDArray[np.uint8]) -> tuple[Keys, Keys]:
    """`pack(canonical(vrm))` and `pack(vrm)` of marks in ASCII, shape [n, more than 12], filled up
    with spaces. Raises InvalidVrm (which names no mark) when one is not normalised.
    """
    codes = _CODES_AS_WRITTEN[marks]
    inside = (codes[:, :-1] == 0) & (codes[:, 1:] != 0)
    if (codes == _INVALID).any() or (codes[:, 0] == 0).any() or inside.any():
        raise InvalidVrm("one of the marks is not normalised")
    if codes[:, MAX_LENGTH:].any():
        raise InvalidVrm("one of the marks is too long")
    folded = _CANONICAL_CODES[np.where(marks == ord(" "), 0, marks)]
    keys: Keys = folded[:, :MAX_LENGTH].astype(np.uint64) @ _WEIGHTS
    written: Keys = codes[:, :MAX_LENGTH].astype(np.uint64) @ _WEIGHTS
    return keys, written
