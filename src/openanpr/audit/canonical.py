"""The canonical form of an audit row and its hash: the second of three implementations.

The definition is docs/adr/0010-audit-chain.md; the first implementation is the database's, the
third the stand-alone ``verify/audit_check.py``. They share no code on purpose, and a test makes
them agree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

FORMAT: Final = "openanpr.audit.v1"

FIELDS: Final = (
    "recorded_at",
    "at",
    "written_by",
    "actor_kind",
    "actor_person",
    "actor_account",
    "actor_name",
    "acting_role",
    "verb",
    "subject",
    "investigation",
    "reason",
    "decision",
    "reasons",
    "profile_version",
    "request_id",
    "source_address",
    "payload",
)
"""The hashed fields in the order of hashing."""

GENESIS: Final = sha256(FORMAT.encode()).digest()
"""What the first row names as its previous hash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as stored. ``values`` are the canonical texts of ``FIELDS``."""

    sequence: int
    values: Mapping[str, str]
    salt: bytes
    previous_hash: bytes
    hash: bytes

    def computed_hash(self) -> bytes:
        """The hash that this row's fields give."""
        digests = (field_digest(field_salt(self.salt, name), self.values[name]) for name in FIELDS)
        numbered = self.previous_hash + self.sequence.to_bytes(8, "big")
        return sha256(numbered + b"".join(digests)).digest()


def field_salt(row_salt: bytes, name: str) -> bytes:
    """The salt of one field: it opens no other field of the row."""
    return sha256(row_salt + name.encode()).digest()


def field_digest(salt: bytes, value: str) -> bytes:
    """The salted digest of one field."""
    return sha256(salt + value.encode()).digest()


def time_text(value: datetime) -> str:
    """An aware time in UTC with six digits of a second."""
    value = value.astimezone(UTC)
    return f"{value.year:04d}{value:-%m-%dT%H:%M:%S.%fZ}"


def list_text(items: Sequence[str]) -> str:
    """A list of texts as ``length:text``, the length in bytes of UTF-8."""
    return "".join(f"{len(item.encode())}:{item}" for item in items)
