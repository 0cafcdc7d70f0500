"""The keys under which pictures are encrypted: one secret file, a key a line, the newest first.

A key is 32 bytes in URL-safe base64, and is known by the first four bytes of its SHA-256. Each
picture is encrypted under a key of its own, derived from one of these and the picture's name, so
that no number of pictures wears a key out.
"""

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final

SECRET: Final = "image-keys"  # noqa: S105 - a name
ID_BYTES: Final = 4
_PURPOSE: Final = b"openanpr.image.v1"


class ImageKeysError(OSError):
    """The file of keys cannot be used; the text says what to do."""


class ImageKeys:
    """The keys in one file, read again when the file changes. Raises ImageKeysError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_at: tuple[int, int] | None = None
        self._keys: Mapping[bytes, bytes] = {}

    def newest(self) -> bytes:
        """The id of the key that encrypts."""
        return next(iter(self._current()))

    def ids(self) -> list[bytes]:
        """The ids of all keys, newest first."""
        return list(self._current())

    def key_for(self, key_id: bytes, name: str) -> bytes | None:
        """The key of one picture, 32 bytes; None where the key of that id is not here."""
        key = self._current().get(key_id)
        if key is None:
            return None
        return hmac.digest(key, _PURPOSE + bytes.fromhex(name), "sha256")

    def add(self) -> bytes:
        """Make a new key, which encrypts from now on; its id. The old ones go on decrypting."""
        self._rewrite([secrets.token_urlsafe(32), *self._lines()])
        return self.newest()

    def forget_old(self) -> int:
        """Keep the newest key alone; how many were removed. What they encrypted is lost then."""
        lines = self._lines()
        self._rewrite(lines[:1])
        return len(lines) - 1

    def _current(self) -> Mapping[bytes, bytes]:
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            raise ImageKeysError(
                f"the secret file {SECRET} is gone; put it back from where secrets are kept"
            ) from None
        seen = (stat.st_mtime_ns, stat.st_ino)
        if seen != self._read_at:
            self._keys = dict(_named(line) for line in self._lines())
            self._read_at = seen
        return self._keys

    def _lines(self) -> list[str]:
        lines = self._path.read_text(encoding="ascii").split()
        if not lines:
            raise ImageKeysError(f"the secret file {SECRET} holds no key")
        return lines

    def _rewrite(self, lines: list[str]) -> None:
        partial = self._path.with_name(f".{SECRET}.new")
        partial.unlink(missing_ok=True)
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write("\n".join(lines) + "\n")
            file.flush()
            os.fsync(file.fileno())
        partial.replace(self._path)


def _named(line: str) -> tuple[bytes, bytes]:
    try:
        key = base64.b64decode(line + "=", altchars=b"-_", validate=True)
    except binascii.Error:
        key = b""
    if len(key) != 32:
        raise ImageKeysError(f"a line of the secret file {SECRET} is not a key of 32 bytes")
    return hashlib.sha256(key).digest()[:ID_BYTES], key
