"""Where pictures are kept: one file each, named by the hash of what is in it."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

_HASH: Final = re.compile(r"[0-9a-f]{64}\Z")


class ImageStore(Protocol):
    """A place for pictures. What is put under a hash never changes."""

    def put(self, content: bytes) -> str:
        """Keep `content` durably; its SHA-256 in hex. Raises OSError."""
        ...

    def open(self, sha256: str) -> bytes | None:
        """The content of that hash, checked against it; None where there is none.

        Raises ImageDamagedError where the content no longer fits its hash.
        """
        ...

    def remove(self, sha256: str) -> None:
        """Forget the picture of that hash, if it is there. Raises OSError."""
        ...

    def remove_half_written(self, *, older_than: datetime) -> None:
        """Remove what was begun before then and never finished. Raises OSError."""
        ...

    def batches(self, *, older_than: datetime) -> Iterator[list[str]]:
        """The hashes kept since before ``older_than``, some at a time."""
        ...


class ImageDamagedError(Exception):
    """A stored picture that no longer is what was stored."""


class FolderImageStore:
    """Pictures as files `aa/bb/<hash>.jpg` under one folder that nobody else may enter."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, content: bytes) -> str:
        """Keep `content`, on disk (fsync) when this returns."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if path.exists():
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # A name of its own: two threads may bring the same picture at once.
        partial = path.with_name(f".{sha256}.{secrets.token_hex(4)}")
        try:
            _write_durably(partial, content)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
        _sync_folder(path.parent)
        return sha256

    def open(self, sha256: str) -> bytes | None:
        """The content of that hash; None where there is none."""
        try:
            content = self._path(sha256).read_bytes()
        except FileNotFoundError:
            return None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ImageDamagedError("a stored picture does not fit its hash")
        return content

    def remove(self, sha256: str) -> None:
        """Remove the file of that hash, from disk when this returns."""
        path = self._path(sha256)
        path.unlink(missing_ok=True)
        if path.parent.exists():
            _sync_folder(path.parent)

    def batches(self, *, older_than: datetime) -> Iterator[list[str]]:
        """The hashes of files not touched since, by folder."""
        for folder in sorted(self._root.glob("??/??")):
            old = [
                path for path in folder.iterdir() if path.stat().st_mtime < older_than.timestamp()
            ]
            found = [path.stem for path in old if _HASH.match(path.stem)]
            if found:
                yield found

    def remove_half_written(self, *, older_than: datetime) -> None:
        """Remove what a killed process left of pictures that it did not finish."""
        for path in self._root.glob("??/??/.*"):
            if path.stat().st_mtime < older_than.timestamp():
                path.unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        if not _HASH.match(sha256):
            raise ValueError("a picture is named by a SHA-256 in lower-case hex")
        return self._root / sha256[:2] / sha256[2:4] / f"{sha256}.jpg"


def image_store(data_dir: Path) -> ImageStore:
    """The store of the installation whose data folder this is."""
    return FolderImageStore(data_dir / "images")


def _write_durably(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
