"""How much room the spool has: its own limit, and what is left on the disk."""

import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Room:
    """What is left. `why` says what is full, and what to do about it."""

    used_share: float
    full: bool
    why: str = ""


class Volume:
    """The file of a spool and the disk it lies on."""

    def __init__(self, path: Path, *, max_bytes: int, keep_free: int) -> None:
        """Watch `path`, which may grow to `max_bytes` while `keep_free` bytes stay free."""
        self._path = path
        self._max_bytes = max_bytes
        self._keep_free = keep_free

    def room(self) -> Room:
        """Return the room at this moment."""
        used = sum(_size(Path(f"{self._path}{suffix}")) for suffix in ("", "-wal"))
        share = used / self._max_bytes
        if share >= 1:
            return Room(share, full=True, why="the spool has reached its limit: is the link down?")
        if shutil.disk_usage(self._path.parent).free < self._keep_free:
            return Room(share, full=True, why="the disk is nearly full: free some of it")
        return Room(share, full=False)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
