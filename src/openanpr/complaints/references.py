"""The reference that a complainant is given: it says nothing and can't be counted up."""

import uuid
from hashlib import sha256
from typing import Final

_LETTERS: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # none that is mistaken for another
_LENGTH: Final = 8


def reference_of(complaint_id: uuid.UUID) -> str:
    """Such as ``C-7QK3-F2XW``; the same form always has the same."""
    number = int.from_bytes(sha256(complaint_id.bytes).digest()[:8], "big")
    drawn = []
    for _ in range(_LENGTH):
        number, one = divmod(number, len(_LETTERS))
        drawn.append(_LETTERS[one])
    return f"C-{''.join(drawn[:4])}-{''.join(drawn[4:])}"
