"""What is noted in memory and written about once a second: signs of life, refused requests.

Requests from nobody known must not cost a transaction each, and a heartbeat need not wait for one.
"""

import threading
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Final

_MOST_DEVICES: Final = 50
"""Unknown readers counted apart in a second; further ones are counted together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOfLife:
    """That a camera was heard of at ``at``; None where nothing was said about clock or fault."""

    camera_id: int
    at: datetime
    clock_offset_ms: float | None
    fault: str | None


class Notes:
    """Collects from many threads; one thread takes all of it to write it down."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._signs: dict[int, SignOfLife] = {}
        self._refusals: Counter[tuple[str, uuid.UUID | None]] = Counter()

    def heard(self, sign: SignOfLife) -> None:
        """Note a sign of life; a later one keeps what only an earlier one said."""
        with self._lock:
            before = self._signs.get(sign.camera_id)
            if before is not None:
                sign = SignOfLife(
                    camera_id=sign.camera_id,
                    at=sign.at,
                    clock_offset_ms=(
                        before.clock_offset_ms
                        if sign.clock_offset_ms is None
                        else sign.clock_offset_ms
                    ),
                    fault=before.fault if sign.fault is None else sign.fault,
                )
            self._signs[sign.camera_id] = sign

    def refused(self, kind: str, device: uuid.UUID | None) -> None:
        """Note a request that was refused whole."""
        with self._lock:
            if len(self._refusals) >= _MOST_DEVICES:
                device = None
            self._refusals[kind, device] += 1

    def take(self) -> tuple[list[SignOfLife], dict[tuple[str, uuid.UUID | None], int]]:
        """Everything noted since the last call."""
        with self._lock:
            signs, self._signs = list(self._signs.values()), {}
            refusals, self._refusals = dict(self._refusals), Counter()
        return signs, refusals

    def put_back(
        self,
        signs: list[SignOfLife],
        refusals: dict[tuple[str, uuid.UUID | None], int],
    ) -> None:
        """Keep what could not be written for the next time."""
        with self._lock:
            for sign in signs:
                self._signs.setdefault(sign.camera_id, sign)
            self._refusals.update(refusals)
