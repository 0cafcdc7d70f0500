"""Partial marks as people write them: `AB?2*`, `?` for one character and `*` for any run."""

import re
from dataclasses import dataclass
from typing import Final, Self

from openanpr.vrm.mark import ALPHABET, MAX_LENGTH, InvalidVrm, Vrm

_ALLOWED: Final = frozenset(ALPHABET + "?*")
_FOLD: Final = str.maketrans("OI", "01")


@dataclass(frozen=True, slots=True, repr=False)
class VrmPattern:
    """A pattern of marks. Make one with `VrmPattern.parse`; `text` is normalised."""

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """The pattern written in `text`; raises InvalidVrm without repeating it."""
        stripped = re.sub(r"[\s.\-]", "", text)
        if not stripped.isascii() or not _ALLOWED.issuperset(stripped.upper()):
            raise InvalidVrm("a pattern has only letters, digits, ? and *")
        squeezed = re.sub(r"\*+", "*", stripped.upper())
        if not squeezed:
            raise InvalidVrm("a pattern has at least one character")
        if len(squeezed.replace("*", "")) > MAX_LENGTH:
            raise InvalidVrm(f"a pattern stands for at most {MAX_LENGTH} characters")
        return cls(squeezed)

    @property
    def is_exact(self) -> bool:
        """Whether it is a whole mark, without wildcards."""
        return not {"?", "*"} & set(self.text)

    @property
    def literals(self) -> int:
        """How many characters are given: the fewer, the wider the search."""
        return sum(character not in "?*" for character in self.text)

    @property
    def prefix(self) -> str:
        """The characters before the first wildcard."""
        return re.split(r"[?*]", self.text, maxsplit=1)[0]

    @property
    def folded(self) -> "VrmPattern":
        """The pattern over canonical marks (O folded to 0, I to 1)."""
        return VrmPattern(self.text.translate(_FOLD))

    @property
    def like(self) -> str:
        """The pattern for SQL LIKE."""
        return self.text.replace("?", "_").replace("*", "%")

    def matches(self, vrm: str | Vrm) -> bool:
        """Whether the whole (normalised) mark fits."""
        return _fits(self.text, str(vrm))

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"VrmPattern({self.literals} characters given)"


def _fits(pattern: str, text: str) -> bool:
    # Walk with one point of return, so that no pattern costs more than pattern x text steps.
    at = reading = 0
    star, resume = -1, 0
    while reading < len(text):
        if at < len(pattern) and pattern[at] == "*":
            star, resume = at, reading
            at += 1
        elif at < len(pattern) and pattern[at] in ("?", text[reading]):
            at += 1
            reading += 1
        elif star >= 0:
            resume += 1
            at, reading = star + 1, resume
        else:
            return False
    return all(character == "*" for character in pattern[at:])
