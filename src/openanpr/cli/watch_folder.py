"""A folder that cameras put pictures and films into: each one given out once, when it is whole."""

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Final

from openanpr.cli.read_sources import Source, sources_of

LOOK_EVERY: Final = 0.5
PICTURE_AT_REST: Final = 0.8
FILM_AT_REST: Final = 5.0
"""Seconds between looks, and how long a file must have kept its size to count as whole."""


@dataclass(frozen=True, slots=True)
class _State:
    """What tells a file from another and from itself while it was still being written."""

    device: int
    inode: int
    size: int
    changed: int

    def digest(self) -> int:
        told = f"{self.device} {self.inode} {self.size} {self.changed}".encode()
        return int.from_bytes(hashlib.blake2b(told, digest_size=8).digest(), "big")


class WatchedFolder:
    """Looks at a folder and those below it again and again.

    What is remembered is a number for each file that is there now, and the files that are being
    written. A file that is written anew counts as another; one that is renamed does not.
    """

    def __init__(self, path: str, *, only_new: bool = False) -> None:
        """Give out what is in `path` already too, unless `only_new`."""
        self._path = path
        self._done: set[int] = set()
        self._waiting: dict[str, tuple[_State, float]] = {}
        if only_new:
            states = (_state(source.path) for source in sources_of([path]))
            self._done = {state.digest() for state in states if state}

    def sources(self, stop: Event) -> Iterator[Source]:
        """Files that have become whole, the oldest first, until `stop` is set."""
        while not stop.is_set():
            for source in self.whole(time.monotonic()):
                if stop.is_set():
                    return
                yield source
            stop.wait(LOOK_EVERY)

    def whole(self, seconds: float) -> list[Source]:
        """One look at the folder: the files that now prove to be whole, as of `seconds`."""
        if not Path(self._path).is_dir():
            # A network share that is gone for a moment comes back with what was read already.
            return []
        there: set[int] = set()
        waiting: dict[str, tuple[_State, float]] = {}
        ready: list[tuple[int, str, Source]] = []
        for source in sources_of([self._path]):
            state = _state(source.path)
            if state is None or not state.size:
                continue
            digest = state.digest()
            there.add(digest)
            if digest in self._done:
                continue
            known, since = self._waiting.get(source.name, (None, seconds))
            if known != state:
                since = seconds
            if seconds - since >= (FILM_AT_REST if source.kind == "film" else PICTURE_AT_REST):
                ready.append((state.changed, source.name, source))
                self._done.add(digest)
            else:
                waiting[source.name] = (state, since)
        self._waiting = waiting
        self._done &= there
        return [source for *_, source in sorted(ready, key=lambda item: item[:2])]


def _state(path: Path) -> _State | None:
    try:
        told = os.stat(path)  # noqa: PTH116 - Path.stat of a million paths costs twice as much
    except OSError:
        return None
    return _State(told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns)
