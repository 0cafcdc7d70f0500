"""How a reader signs a request and how the back office checks it: Ed25519 over what was sent."""

import base64
import binascii
import hashlib
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

READER_HEADER: Final = "OpenANPR-Reader"
TIME_HEADER: Final = "OpenANPR-Time"
NONCE_HEADER: Final = "OpenANPR-Nonce"
SIGNATURE_HEADER: Final = "OpenANPR-Signature"
CLOCK_TOLERANCE: Final = timedelta(minutes=5)


class SignatureError(ValueError):
    """A request that proves nothing. `reason` is one of unsigned, clock, signature."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SignedHeaders:
    """The four headers of a signed request, read but not yet checked against a key."""

    reader: uuid.UUID
    unix_ms: int
    nonce: str
    signature: bytes


def sign(
    *,
    key: Ed25519PrivateKey,
    reader: uuid.UUID,
    method: str,
    path: str,
    body: bytes,
    at: datetime,
    nonce: str | None = None,
) -> dict[str, str]:
    """The headers that sign this request. `path` is what is requested, without host or query."""
    unix_ms = int(at.timestamp() * 1000)
    chosen = nonce or secrets.token_urlsafe(12)
    signature = key.sign(_signed_text(method, path, unix_ms, chosen, body))
    return {
        READER_HEADER: str(reader),
        TIME_HEADER: str(unix_ms),
        NONCE_HEADER: chosen,
        SIGNATURE_HEADER: base64.b64encode(signature).decode("ascii"),
    }


def read_headers(headers: Mapping[str, str]) -> SignedHeaders:
    """The signature headers of a request; raises SignatureError (unsigned) if one is unusable."""
    try:
        return SignedHeaders(
            reader=uuid.UUID(headers[READER_HEADER]),
            unix_ms=_milliseconds(headers[TIME_HEADER]),
            nonce=headers[NONCE_HEADER],
            signature=base64.b64decode(headers[SIGNATURE_HEADER], validate=True),
        )
    except KeyError as missing:
        raise SignatureError("unsigned", f"The header {missing.args[0]} is missing.") from None
    except (ValueError, binascii.Error):
        raise SignatureError("unsigned", "A signature header cannot be read.") from None


def _milliseconds(text: str) -> int:
    # Enough for the year 10000: longer ones cannot be taken for a time, and cost to convert.
    if len(text) > 15:
        raise ValueError("too many digits")
    return int(text)


def verify(
    *,
    signed: SignedHeaders,
    public_key: bytes,
    method: str,
    path: str,
    body: bytes,
    at: datetime,
) -> None:
    """Check the request against the reader's public key (32 raw bytes) and the time now, `at`.

    Raises SignatureError: `signature` when the key did not sign this, `clock` when it did but
    its time is more than five minutes off.
    """
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(
            signed.signature, _signed_text(method, path, signed.unix_ms, signed.nonce, body)
        )
    except InvalidSignature:
        raise SignatureError(
            "signature", "The signature does not fit this request and this reader's key."
        ) from None
    off_ms = abs(at.timestamp() * 1000 - signed.unix_ms)
    if off_ms > CLOCK_TOLERANCE.total_seconds() * 1000:
        raise SignatureError(
            "clock",
            "The reader's clock is more than five minutes off, so its signature is refused.",
        )


def _signed_text(method: str, path: str, unix_ms: int, nonce: str, body: bytes) -> bytes:
    digest = hashlib.sha256(body).hexdigest()
    return f"{method}\n{path}\n{unix_ms}\n{nonce}\n{digest}".encode()
