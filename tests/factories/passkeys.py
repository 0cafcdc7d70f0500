"""A security key in software: what a browser would answer for it (WebAuthn, ES256)."""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256

_PRESENT, _VERIFIED, _NEW = 0x01, 0x04, 0x40


class SoftKey:
    """One passkey that is made once and then signs; ``verifies``: it asked for its PIN."""

    def __init__(self, *, origin: str, verifies: bool = True) -> None:
        self.origin = origin
        self.verifies = verifies
        self.credential_id = secrets.token_bytes(32)
        self.user_handle = b""
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._uses = 0

    def make(self, options: dict[str, Any]) -> str:
        """The answer to the question for a new passkey, as the form's field holds it."""
        asked = options["publicKey"]
        self.user_handle = unpack(asked["user"]["id"])
        public = ES256.from_cryptography_key(self._key.public_key())
        credential = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id
        data = self._data(asked["rp"]["id"], new=credential + cbor.encode(dict(public)))
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", asked["challenge"])
        return self._answer(clientDataJSON=client, attestationObject=attestation)

    def sign(self, options: dict[str, Any], **wrong: Any) -> str:
        """The answer to the question for a passkey that is there; ``wrong`` replaces parts."""
        asked = options["publicKey"]
        data = self._data(asked["rpId"])
        client = self._client("webauthn.get", asked["challenge"])
        signature = self._key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        parts = {
            "clientDataJSON": client,
            "authenticatorData": data,
            "signature": signature,
            "userHandle": self.user_handle,
        }
        return self._answer(**{**parts, **wrong})

    def _data(self, rp_id: str, *, new: bytes = b"") -> bytes:
        self._uses += 1
        flags = _PRESENT | (_VERIFIED if self.verifies else 0) | (_NEW if new else 0)
        return (
            sha256(rp_id.encode()).digest() + bytes([flags]) + self._uses.to_bytes(4, "big") + new
        )

    def _client(self, kind: str, challenge: str) -> bytes:
        words = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(words).encode()

    def _answer(self, **response: Any) -> str:
        identity = pack(self.credential_id)
        parts = {key: pack(one) if isinstance(one, bytes) else one for key, one in response.items()}
        return json.dumps(
            {
                "id": identity,
                "rawId": identity,
                "type": "public-key",
                "response": parts,
                "clientExtensionResults": {"credProps": {"rk": True}},
            }
        )


def pack(raw: bytes) -> str:
    """Base64 for addresses, without padding."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def unpack(text: str) -> bytes:
    """The opposite of ``pack``."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
