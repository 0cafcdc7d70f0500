"""What a backup says of itself: one JSON file, signed, written last of all.

A backup is a folder `openanpr-<time>-<id>`: `database/` (pg_dump's directory format), `images/`
(encrypted as they are stored), `snapshots/` (lists), `manifest.json`, `manifest.sig`.
"""

import base64
import hashlib
import hmac
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openanpr.config.values import Settings, given_secret, secret

FORMAT: Final = "openanpr.backup.v1"
SIGNING: Final = "backup-signing-key"
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
DATABASE: Final = "database"
IMAGES: Final = "images"
SNAPSHOTS: Final = "snapshots"
PARTIAL: Final = ".partial"
# Without these what is restored cannot be used in full; they are never in a backup themselves.
NEEDED_SECRETS: Final = (
    "image-keys",
    "authenticator-key",
    "retention-signing-key",
    SIGNING,
)


class BackupProblem(Exception):
    """A backup that cannot be made, used or removed; the text says what to do."""


class Pictures(msgspec.Struct, frozen=True, kw_only=True):
    """The pictures of a backup: copied with it, or named in the bucket where they are."""

    where: Literal["copied", "bucket", "left-out"]
    place: str = ""
    files: int = 0
    bytes: int = 0


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """One backup. ``tables`` counts rows; ``files`` are SHA-256 of the database's files.

    ``secrets`` are checks by which a secret can be known again, and tell nothing of it.
    """

    backup: str
    made_at: datetime
    expires_at: datetime
    version: str
    server: int
    tables: dict[str, int]
    audit_sequence: int
    audit_head: str
    pictures: Pictures
    files: dict[str, str]
    secrets: dict[str, str]
    format: str = FORMAT


def write_manifest(folder: Path, manifest: Manifest, settings: Settings) -> str:
    """Write it with its signature; its SHA-256."""
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    (folder / SIGNATURE).write_text(signing_key(settings).sign(text).hex() + "\n", encoding="ascii")
    (folder / MANIFEST).write_bytes(text)
    return hashlib.sha256(text).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """The manifest in ``folder``. Raises BackupProblem."""
    try:
        text = (folder / MANIFEST).read_bytes()
        manifest = msgspec.json.decode(text, type=Manifest)
    except FileNotFoundError:
        raise BackupProblem(
            f"{folder} holds no finished backup: {MANIFEST} is missing. Name a folder that "
            "`openanpr backup make` has finished."
        ) from None
    except (OSError, msgspec.DecodeError) as problem:
        raise BackupProblem(f"{folder / MANIFEST} cannot be read: {problem}") from None
    if manifest.format != FORMAT:
        raise BackupProblem(f"{folder} was made in the form {manifest.format}; this reads {FORMAT}")
    return manifest


def is_signed_here(folder: Path, settings: Settings) -> bool:
    """Whether this installation's key signed the manifest as it stands."""
    try:
        signature = bytes.fromhex((folder / SIGNATURE).read_text(encoding="ascii").strip())
        signing_key(settings).public_key().verify(signature, (folder / MANIFEST).read_bytes())
    except (OSError, ValueError, InvalidSignature):
        return False
    return True


def check_files(folder: Path, manifest: Manifest) -> None:
    """Compare the database's files with the manifest. Raises BackupProblem naming the first."""
    found = digests(folder / DATABASE)
    for name in sorted(found.keys() | manifest.files.keys()):
        if found.get(name) != manifest.files.get(name):
            raise BackupProblem(
                f"{folder / DATABASE / name} is missing, added or changed since the backup was "
                "made. Use another backup."
            )


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of each file in ``folder``, by name."""
    found = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        with path.open("rb") as file:
            found[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def secret_checks(settings: Settings) -> dict[str, str]:
    """A check of each needed secret that is here; none is made."""
    return {
        name: hmac.digest(value.encode(), b"openanpr.backup.check", "sha256").hex()[:16]
        for name in NEEDED_SECRETS
        if (value := given_secret(name, settings)) is not None
    }


def other_secrets(manifest: Manifest, settings: Settings) -> list[str]:
    """The secrets that are not here, or are not those of the backup."""
    here = secret_checks(settings)
    return [name for name, check in manifest.secrets.items() if here.get(name) != check]


def signing_key(settings: Settings) -> Ed25519PrivateKey:
    """The key that signs manifests and the certificates of their destruction."""
    return Ed25519PrivateKey.from_private_bytes(
        base64.urlsafe_b64decode(secret(SIGNING, settings) + "=")
    )
