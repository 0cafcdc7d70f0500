"""Whether a text that must say why says anything."""

import re
from typing import Final

from django.core.exceptions import ValidationError

LEAST_LETTERS: Final = 15
LEAST_WORDS: Final = 3
LEAST_DIFFERENT: Final = 6

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_EMPTY_PHRASES: Final = frozenset(
    {"police purposes", "for police purposes", "as above", "see above", "not applicable", "test"}
)


def says_something(text: str) -> None:
    """Pass a text that could be a reason; raise ``ValidationError`` for one that can't be.

    It asks for words, not for the right words: whether they justify anything is for people to
    judge.
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    letters = "".join(words)
    phrase = " ".join(words)
    too_little = len(letters) < LEAST_LETTERS or len(set(words)) < LEAST_WORDS
    if too_little or len(set(letters)) < LEAST_DIFFERENT or phrase in _EMPTY_PHRASES:
        raise ValidationError(
            "Say in a few words why this is needed, so that somebody else can judge it",
            code="says-nothing",
        )
