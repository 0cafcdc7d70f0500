"""The value of a registration mark: normalised characters, folding, masking, 64-bit packing."""

import string
from dataclasses import dataclass
from functools import total_ordering
from typing import Final, Self

MAX_LENGTH: Final = 12
ALPHABET: Final = string.digits + string.ascii_uppercase
_BASE: Final = len(ALPHABET) + 1  # a 37th symbol, zero, is "no character here"
_CODE: Final = {character: number for number, character in enumerate(ALPHABET, start=1)}
_SEPARATORS: Final = str.maketrans("", "", " \t\u00a0-\u2010\u2011\u2012\u2013\u2014\u00b7.")
_FOLD: Final = str.maketrans("OI", "01")


class InvalidVrm(ValueError):
    """A text that is no registration mark. The message never repeats the text."""


def normalise(text: str) -> str:
    """The mark in `text`: upper-case A-Z and 0-9, no spaces, dashes or dots, 1 to 12 characters.

    Raises InvalidVrm, whose message is safe to log.
    """
    stripped = text.translate(_SEPARATORS)
    if not stripped.isascii() or (stripped and not stripped.isalnum()):
        raise InvalidVrm("a registration mark has only the letters A to Z and the digits 0 to 9")
    if not stripped:
        raise InvalidVrm("a registration mark has at least one character")
    if len(stripped) > MAX_LENGTH:
        raise InvalidVrm(
            f"a registration mark has at most {MAX_LENGTH} characters, not {len(stripped)}"
        )
    return stripped.upper()


def canonical(vrm: "str | Vrm") -> str:
    """The mark with O folded to 0 and I folded to 1, as British plates draw each pair alike."""
    return normalise(str(vrm)).translate(_FOLD)


def mask(vrm: "str | Vrm") -> str:
    """A form of the mark that may stand in a log: its first character and its length."""
    text = str(vrm)
    if len(text) <= 3:  # so short a mark is half given away by one character
        return "*" * len(text)
    return text[0] + "*" * (len(text) - 1)


def pack(vrm: "str | Vrm") -> int:
    """The mark as an integer below 2**63, ordered as the marks are ordered as texts."""
    text = normalise(str(vrm))
    packed = 0
    for position in range(MAX_LENGTH):
        code = _CODE[text[position]] if position < len(text) else 0
        packed = packed * _BASE + code
    return packed


def unpack(packed: int) -> str:
    """The mark that `pack` made into `packed`; raises InvalidVrm for any other number."""
    codes = []
    rest = packed
    for _ in range(MAX_LENGTH):
        rest, code = divmod(rest, _BASE)
        codes.append(code)
    codes.reverse()
    text = "".join(ALPHABET[code - 1] for code in codes if code)
    if rest or not text or any(codes[len(text) :]):
        raise InvalidVrm("this number holds no packed registration mark")
    return text


@total_ordering
@dataclass(frozen=True, slots=True, repr=False)
class Vrm:
    """A registration mark. Make one with `Vrm.parse`; `value` is normalised."""

    value: str

    def __post_init__(self) -> None:
        if normalise(self.value) != self.value:
            raise InvalidVrm("this mark is not normalised: make it with Vrm.parse")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The mark written in `text` in whatever case and spacing; raises InvalidVrm."""
        return cls(normalise(text))

    @property
    def canonical(self) -> str:
        """O folded to 0 and I folded to 1."""
        return canonical(self.value)

    @property
    def packed(self) -> int:
        """The 63-bit integer of `pack`."""
        return pack(self.value)

    @property
    def masked(self) -> str:
        """The form of `mask`, for logs."""
        return mask(self.value)

    def __str__(self) -> str:
        return self.value

    def __repr__(self) -> str:
        # A repr lands in tracebacks and logs, so it hides the mark.
        return f"Vrm({self.masked})"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Vrm):
            return NotImplemented
        return self.value < other.value
