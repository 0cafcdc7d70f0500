"""Where the bytes of pictures lie: a folder, or a bucket. Neither knows what they are.

A name is 64 lower-case hexadecimal digits, and what lies under one is replaced whole or not at all.
"""

import os
import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

_NAME: Final = re.compile(r"[0-9a-f]{64}\Z")


class Objects(Protocol):
    """A place for bytes under names. Every method may raise OSError."""

    def write(self, name: str, content: bytes) -> None:
        """Keep `content` durably under `name`, in place of what was there."""
        ...

    def read(self, name: str) -> bytes | None:
        """What lies under `name`; None where there is nothing."""
        ...

    def has(self, name: str) -> bool:
        """Whether anything lies under `name`."""
        ...

    def remove(self, name: str) -> None:
        """Forget what lies under `name`, if anything does."""
        ...

    def remove_half_written(self, *, older_than: datetime) -> None:
        """Remove what was begun before then and never finished."""
        ...

    def names(self, *, older_than: datetime | None = None) -> Iterator[list[str]]:
        """The names last written before ``older_than`` (None: all), some at a time."""
        ...


def checked(name: str) -> str:
    """`name`, where it is one. Raises ValueError for anything else, a path say."""
    if not _NAME.match(name):
        raise ValueError("a picture is named by a SHA-256 in lower-case hex")
    return name


class FolderObjects:
    """Files `aa/bb/<name>.jpg` under one folder that nobody else may enter."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def write(self, name: str, content: bytes) -> None:
        """Keep `content`, on disk (fsync) when this returns."""
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # A name of its own: two threads may bring the same picture at once.
        partial = path.with_name(f".{name}.{secrets.token_hex(4)}")
        try:
            _write_durably(partial, content)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
        _sync_folder(path.parent)

    def read(self, name: str) -> bytes | None:
        """The content of the file; None where there is none."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return self._path(name).exists()

    def remove(self, name: str) -> None:
        """Remove the file, from disk when this returns."""
        path = self._path(name)
        path.unlink(missing_ok=True)
        if path.parent.exists():
            _sync_folder(path.parent)

    def remove_half_written(self, *, older_than: datetime) -> None:
        """Remove what a killed process left of files that it did not finish."""
        for path in self._root.glob("??/??/.*"):
            if path.stat().st_mtime < older_than.timestamp():
                path.unlink(missing_ok=True)

    def names(self, *, older_than: datetime | None = None) -> Iterator[list[str]]:
        """The names of files not touched since, by folder."""
        for folder in sorted(self._root.glob("??/??")):
            found = [
                path.stem
                for path in sorted(folder.iterdir())
                if _NAME.match(path.stem)
                and (older_than is None or path.stat().st_mtime < older_than.timestamp())
            ]
            if found:
                yield found

    def _path(self, name: str) -> Path:
        return self._root / checked(name)[:2] / name[2:4] / f"{name}.jpg"


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
