"""Signed roots: the place where the chain stood at a moment, to be kept outside the database.

A chain that is made anew from end to end shows against a root kept elsewhere, and a root cannot be
made without the key, which is a file on the machine that signs (docs/adr/0033).
"""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from openanpr.audit.canonical import time_text
from openanpr.audit.chain import Link

FORMAT: Final = "openanpr.root.v1"
SECRET: Final = "audit-signing-key"  # noqa: S105 - a name
EVERY: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """A place of the chain, when it was signed, by which key (32 bytes), and the signature (64)."""

    sequence: int
    hash: bytes
    made_at: datetime
    public_key: bytes
    signature: bytes

    @property
    def text(self) -> str:
        """What is signed: format, row, hash and time with spaces between."""
        return signed_text(Link(self.sequence, self.hash), self.made_at)

    def holds(self, public_key: bytes | None = None) -> bool:
        """Whether it was signed by ``public_key`` (its own when ``None``) and not changed since."""
        known = self.public_key if public_key is None else public_key
        try:
            Ed25519PublicKey.from_public_bytes(known).verify(self.signature, self.text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True

    def fields(self) -> dict[str, Any]:
        """As it stands in files: numbers, texts and hexadecimal digits."""
        return {
            "format": FORMAT,
            "sequence": self.sequence,
            "hash": self.hash.hex(),
            "made_at": time_text(self.made_at),
            "public_key": self.public_key.hex(),
            "signature": self.signature.hex(),
        }

    def json(self) -> str:
        """The fields as one line of JSON, for ``verify/audit_check.py --root``."""
        return json.dumps(self.fields(), separators=(",", ":"))


def signed_text(link: Link, made_at: datetime) -> str:
    """The text whose signature makes a root."""
    return f"{FORMAT} {link.sequence} {link.hash.hex()} {time_text(made_at)}"


def signing_key(secret: str) -> Ed25519PrivateKey:
    """The key whose 32 bytes are ``secret`` in URL-safe base64 without padding."""
    return Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(secret + "="))


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The public half, 32 bytes."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def sign(link: Link, *, key: Ed25519PrivateKey, at: datetime) -> Root:
    """The root of ``link``, signed now."""
    at = at.astimezone(UTC)
    return Root(
        sequence=link.sequence,
        hash=link.hash,
        made_at=at,
        public_key=public_bytes(key),
        signature=key.sign(signed_text(link, at).encode()),
    )
