"""The match of reads against a snapshot."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

import numpy as np

from openanpr.matching.entries import SnapshotEntry
from openanpr.matching.packing import canonical_keys
from openanpr.matching.snapshot import HotlistSnapshot
from openanpr.matching.writing import microseconds

How = Literal["exact", "folded"]


class MarkAtTime(Protocol):
    """What is compared: a normalised mark and the aware time at which it was captured."""

    @property
    def vrm(self) -> str: ...

    @property
    def captured_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class HitCandidate:
    """A read fits an entry: character by character (`exact`) or with O as 0 and I as 1."""

    read_index: int
    entry_id: uuid.UUID
    how: How
    entry: SnapshotEntry


class Matcher:
    """Compares reads with one snapshot, which `version` names."""

    def __init__(self, snapshot: HotlistSnapshot) -> None:
        self.snapshot = snapshot
        self.version = snapshot.version

    def match(self, reads: Sequence[MarkAtTime]) -> list[HitCandidate]:
        """Every entry that each read fits at its own time, in the order of the reads.

        An entry fits reads captured at or after its `valid_from` and before its `weed_at`.
        Raises InvalidVrm when a mark is not normalised.
        """
        if not reads or not len(self.snapshot):
            return []
        keys = canonical_keys([read.vrm for read in reads])
        first = np.searchsorted(self.snapshot.keys, keys, side="left")
        last = np.searchsorted(self.snapshot.keys, keys, side="right")
        found = np.flatnonzero(last > first)
        return [
            candidate
            for index in found.tolist()
            for candidate in self._in_force(
                reads[index], index, int(first[index]), int(last[index])
            )
        ]

    def _in_force(
        self, read: MarkAtTime, index: int, first: int, last: int
    ) -> Iterator[HitCandidate]:
        captured = microseconds(read.captured_at)
        for position in range(first, last):
            if not (
                self.snapshot.valid_from[position] <= captured < self.snapshot.weed_at[position]
            ):
                continue
            entry = self.snapshot.entry(position)
            yield HitCandidate(
                read_index=index,
                entry_id=entry.entry_id,
                how="exact" if read.vrm == entry.vrm else "folded",
                entry=entry,
            )
