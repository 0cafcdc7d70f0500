"""How often the pages that cost most may be asked for, counted in this process."""

import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Pace:
    """So many requests of one sender within so many seconds. ``methods``: those that count."""

    requests: int
    seconds: int
    methods: frozenset[str] = frozenset({"POST"})


_SEARCHES: Final = Pace(60, 60)
_FILES: Final = Pace(20, 60)
_FORMS: Final = Pace(60, 600)

PACES: Final[Mapping[str, Pace]] = {
    "search": _SEARCHES,
    "search_kind": _SEARCHES,
    "search_more": _SEARCHES,
    "search_again": _SEARCHES,
    "search_export": _FILES,
    "search_compare": _SEARCHES,
    "search_read_again": _FILES,
    "exhibit_make": _FILES,
    "exhibit_fetch": _FILES,
    "public_helpful": _FORMS,
    "consultee_page": _FORMS,
}
"""The paced addresses by name. Far above what a person does; each is decided and audited anyway."""


@dataclass(slots=True)
class Counter:
    """Remembers when each sender asked. Senders that have gone quiet are forgotten."""

    _asked: dict[tuple[str, str], deque[float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, name: str, sender: str, pace: Pace, *, at: float) -> int:
        """Count one request at ``at`` (seconds of a steady clock). 0: go on; else seconds to wait.

        A request that has to wait is not counted: who stops asking waits no longer than told.
        """
        with self._lock:
            self._forget(at)
            asked = self._asked.setdefault((name, sender), deque())
            while asked and asked[0] <= at - pace.seconds:
                asked.popleft()
            if len(asked) >= pace.requests:
                return max(1, int(asked[0] + pace.seconds - at) + 1)
            asked.append(at)
            return 0

    def _forget(self, at: float) -> None:
        if len(self._asked) < _MANY:
            return
        longest = max(pace.seconds for pace in PACES.values())
        self._asked = {
            key: asked for key, asked in self._asked.items() if asked and asked[-1] > at - longest
        }


_MANY: Final = 5_000
