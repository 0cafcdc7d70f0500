"""Where pictures are kept: encrypted, each under the SHA-256 of what is in it.

An object is a mark of five bytes, the id of its key, a nonce and AES-256-GCM's output; mark, key id
and name are authenticated with it, so that no object can stand in for another. Objects from before
encryption are JPEG files as they are; they are read, and ``openanpr images rekey`` encrypts them.
"""

import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from openanpr.config.values import Settings, given_secret, secret
from openanpr.reads.image_keys import ID_BYTES, SECRET, ImageKeys
from openanpr.reads.objects import FolderObjects, Objects

_MARK: Final = b"OAPI\x01"
_NONCE_BYTES: Final = 12
_HEAD_BYTES: Final = len(_MARK) + ID_BYTES + _NONCE_BYTES
_JPEG: Final = b"\xff\xd8"


class ImageStore(Protocol):
    """A place for pictures. What is put under a hash never changes."""

    def put(self, content: bytes) -> str:
        """Keep `content` durably; its SHA-256 in hex. Raises OSError."""
        ...

    def open(self, sha256: str) -> bytes | None:
        """The content of that hash, checked against it; None where there is none.

        Raises ImageDamagedError, ImageKeyMissingError, OSError.
        """
        ...

    def remove(self, sha256: str) -> None:
        """Forget the picture of that hash, if it is there. Raises OSError."""
        ...

    def remove_half_written(self, *, older_than: datetime) -> None:
        """Remove what was begun before then and never finished. Raises OSError."""
        ...

    def batches(self, *, older_than: datetime | None = None) -> Iterator[list[str]]:
        """The hashes kept since before ``older_than`` (None: all), some at a time."""
        ...


class ImageDamagedError(Exception):
    """A stored picture that no longer is what was stored."""


class ImageKeyMissingError(Exception):
    """A stored picture whose key is not in the file of keys."""


class EncryptedImages:
    """Pictures as encrypted objects."""

    def __init__(self, objects: Objects, keys: ImageKeys) -> None:
        self._objects = objects
        self._keys = keys

    def put(self, content: bytes) -> str:
        """Keep `content` under the newest key; what is there already is left as it is."""
        sha256 = hashlib.sha256(content).hexdigest()
        if not self._objects.has(sha256):
            self._objects.write(sha256, self._sealed(sha256, content))
        return sha256

    def open(self, sha256: str) -> bytes | None:
        """The content of that hash; None where there is none."""
        stored = self._objects.read(sha256)
        return None if stored is None else self._unsealed(sha256, stored)

    def remove(self, sha256: str) -> None:
        """Remove the object of that hash; gone when this returns."""
        self._objects.remove(sha256)

    def remove_half_written(self, *, older_than: datetime) -> None:
        """Remove what a killed process left unfinished."""
        self._objects.remove_half_written(older_than=older_than)

    def batches(self, *, older_than: datetime | None = None) -> Iterator[list[str]]:
        """The hashes of objects not written since, some at a time."""
        return self._objects.names(older_than=older_than)

    def rekey(self, sha256: str) -> bool:
        """Encrypt one picture under the newest key; False where it is already, or is gone.

        Raises as ``open`` does: then the picture is left as it is.
        """
        stored = self._objects.read(sha256)
        if stored is None or stored.startswith(_MARK + self._keys.newest()):
            return False
        self._objects.write(sha256, self._sealed(sha256, self._unsealed(sha256, stored)))
        return True

    def _sealed(self, sha256: str, content: bytes) -> bytes:
        key_id = self._keys.newest()
        nonce = secrets.token_bytes(_NONCE_BYTES)
        head = _MARK + key_id
        sealed = self._cipher(key_id, sha256).encrypt(nonce, content, head + bytes.fromhex(sha256))
        return head + nonce + sealed

    def _unsealed(self, sha256: str, stored: bytes) -> bytes:
        if stored.startswith(_JPEG):
            content = stored
        elif not stored.startswith(_MARK) or len(stored) < _HEAD_BYTES:
            raise ImageDamagedError("a stored picture is cut short or is something else")
        else:
            content = self._decrypted(sha256, stored)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ImageDamagedError("a stored picture does not fit its hash")
        return content

    def _decrypted(self, sha256: str, stored: bytes) -> bytes:
        head = stored[: _HEAD_BYTES - _NONCE_BYTES]
        nonce = stored[_HEAD_BYTES - _NONCE_BYTES : _HEAD_BYTES]
        cipher = self._cipher(head[len(_MARK) :], sha256)
        try:
            return cipher.decrypt(nonce, stored[_HEAD_BYTES:], head + bytes.fromhex(sha256))
        except InvalidTag:
            raise ImageDamagedError("a stored picture was changed or cut") from None

    def _cipher(self, key_id: bytes, sha256: str) -> AESGCM:
        key = self._keys.key_for(key_id, sha256)
        if key is None:
            raise ImageKeyMissingError(
                f"no key {key_id.hex()} stands in the secret file {SECRET}: put it back as a "
                "further line"
            )
        return AESGCM(key)


@lru_cache(maxsize=4)
def image_store(settings: Settings) -> EncryptedImages:
    """The store of an installation; its file of keys is made where there is none yet."""
    secret(SECRET, settings)
    return EncryptedImages(_objects(settings), ImageKeys(settings.secrets_dir / SECRET))


def _objects(settings: Settings) -> Objects:
    if settings.images == "folder":
        return FolderObjects(settings.data_dir / "images")
    from openanpr.reads.objects_s3 import Bucket, S3Objects

    return S3Objects(
        Bucket(
            name=settings.images_bucket,
            prefix=settings.images_prefix,
            endpoint=settings.images_endpoint,
            region=settings.images_region,
            access_key=given_secret("images-access-key", settings),
            secret_key=given_secret("images-secret-key", settings),
        )
    )
