"""The pack as a file: a ZIP with a manifest of every file's SHA-256, and its signature.

The form is checked by ``verify/evidence_check.py``, which shares no code with this.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openanpr.audit.roots import public_bytes, signing_key
from openanpr.config.values import Settings, secret

FORMAT: Final = "openanpr.evidence.v1"
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig.json"
SECRET: Final = "evidence-signing-key"  # noqa: S105 - a name
_STORED: Final = (".jpg", ".xlsx", ".pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What the manifest says of the whole: whose exhibit, in which edition, made when."""

    reference: str
    edition: str
    investigation: str
    made_at: datetime


def key_of(settings: Settings) -> Ed25519PrivateKey:
    """The key that signs packs; made at its first use."""
    return signing_key(secret(SECRET, settings))


def public_key_of(settings: Settings) -> str:
    """Its public half as 64 hexadecimal digits, to be given out apart from any pack."""
    return public_bytes(key_of(settings)).hex()


def seal(files: Mapping[str, bytes], *, label: Label, key: Ed25519PrivateKey) -> bytes:
    """The pack of these files (by their paths). The same files, label and key give the same bytes.

    Raises ``ValueError`` for a path that leaves the pack or is taken by the manifest.
    """
    for path in files:
        if path in (MANIFEST, SIGNATURE) or path.startswith("/") or ".." in path.split("/"):
            raise ValueError(f"a pack has no file {path}")
    manifest = _manifest(files, label)
    made = label.made_at.astimezone(UTC)
    signature = {
        "format": FORMAT,
        "manifest_sha256": hashlib.sha256(manifest).hexdigest(),
        "public_key": public_bytes(key).hex(),
        "signature": key.sign(signed_text(manifest)).hex(),
    }
    whole = {
        MANIFEST: manifest,
        SIGNATURE: json.dumps(signature, indent=1).encode(),
        **{path: files[path] for path in sorted(files)},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as pack:
        for path, content in whole.items():
            entry = zipfile.ZipInfo(path, date_time=made.timetuple()[:6])
            entry.external_attr = 0o644 << 16
            stored = path.endswith(_STORED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            pack.writestr(entry, content)
    return buffer.getvalue()


def signed_text(manifest: bytes) -> bytes:
    """What is signed: format and SHA-256 of the manifest with a space between."""
    return f"{FORMAT} {hashlib.sha256(manifest).hexdigest()}".encode()


def _manifest(files: Mapping[str, bytes], label: Label) -> bytes:
    listed = {
        "format": FORMAT,
        "reference": label.reference,
        "edition": label.edition,
        "investigation": label.investigation,
        "made_at": label.made_at.astimezone(UTC).isoformat(),
        "files": [
            {
                "path": path,
                "bytes": len(files[path]),
                "sha256": hashlib.sha256(files[path]).hexdigest(),
            }
            for path in sorted(files)
        ],
    }
    return json.dumps(listed, indent=1, ensure_ascii=False).encode()
