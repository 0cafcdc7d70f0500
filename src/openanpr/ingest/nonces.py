"""Requests that came before: a signed request is taken once, however often it is played back.

Kept in memory, for as long as a signature's time is believed. A process that has just started
knows none; what storing does not repeat anyhow (batches, pictures) is then safe all the same.
"""

import threading
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from openanpr.wire.signing import CLOCK_TOLERANCE

# A signature may be five minutes ahead when it comes, and is believed until five minutes behind.
_KEPT: Final = 2 * CLOCK_TOLERANCE


class SeenNonces:
    """The nonces of the last ten minutes or more, in two halves of which the older one is dropped.

    Remembers at most ``most`` in a half and drops the older half early beyond that, so that no
    reader can fill the memory.
    """

    def __init__(self, *, most: int = 2_000_000) -> None:
        self._lock = threading.Lock()
        self._most = most
        self._newer: set[int] = set()
        self._older: set[int] = set()
        self._turn_at: datetime | None = None

    def is_new(self, reader: UUID, nonce: str, *, at: datetime) -> bool:
        """Remember the nonce of a request whose signature has been checked; False if known."""
        # 64 bits: by chance one in 10^13 requests would be refused, and be sent again.
        seen = hash((reader, nonce))
        with self._lock:
            self._turn(at)
            if seen in self._newer or seen in self._older:
                return False
            self._newer.add(seen)
            return True

    def _turn(self, at: datetime) -> None:
        if self._turn_at is None:
            self._turn_at = at + _KEPT
        if at >= self._turn_at or len(self._newer) >= self._most:
            # After a long rest what is in the newer half is too old as well, which does no harm.
            self._older, self._newer = self._newer, set()
            self._turn_at = at + _KEPT
        elif self._turn_at - at > _KEPT + timedelta(seconds=1):
            self._turn_at = at + _KEPT  # the clock was set back
