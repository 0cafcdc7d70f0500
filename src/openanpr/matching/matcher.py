"""The match of reads against a snapshot."""

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from typing import Literal, Protocol

import numpy as np

from openanpr.matching.entries import SnapshotEntry
from openanpr.matching.neighbours import Alternative, weight
from openanpr.matching.packing import canonical_keys
from openanpr.matching.scope import Place
from openanpr.matching.snapshot import HotlistSnapshot
from openanpr.matching.writing import microseconds
from openanpr.vrm import canonical

How = Literal["exact", "folded", "near", "alternative", "pattern"]


class MarkAtTime(Protocol):
    """What is compared: a normalised mark, the aware time at which it was captured, how sure the
    reader was of it (0 to 1), and what else it may be.
    """

    @property
    def vrm(self) -> str: ...

    @property
    def captured_at(self) -> datetime: ...

    @property
    def confidence(self) -> float: ...

    @property
    def alternatives(self) -> tuple[Alternative, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class HitCandidate:
    """A read fits an entry, and how.

    Character by character (`exact`), with O as 0 and I as 1 (`folded`), as a pattern, as one of the
    read's own alternatives, or one confusable character away (`near`). `weight` is the chance,
    0 to 1, that the plate bears what the entry asks for.
    """

    read_index: int
    entry_id: uuid.UUID
    how: How
    weight: float
    entry: SnapshotEntry


class Matcher:
    """Compares reads with one snapshot, which `version` names. `zone` is that of scopes."""

    def __init__(self, snapshot: HotlistSnapshot, *, zone: tzinfo = UTC) -> None:
        self.snapshot = snapshot
        self.version = snapshot.version
        self._zone = zone

    def match(
        self,
        reads: Sequence[MarkAtTime],
        *,
        places: Sequence[Place] | None = None,
        in_force_at: datetime | None = None,
    ) -> list[HitCandidate]:
        """Every entry that each read fits at its own time and place, in the order of the reads.

        An entry fits reads captured at or after its `valid_from` and before its `weed_at`; where
        `in_force_at` is given, its beginning is compared with that instead. Raises InvalidVrm when
        a mark is not normalised.
        """
        snapshot = self.snapshot
        if not reads or not len(snapshot):
            return []
        begun = None if in_force_at is None else microseconds(in_force_at)
        keys = canonical_keys([read.vrm for read in reads])
        first = np.searchsorted(snapshot.keys, keys, side="left")
        last = np.searchsorted(snapshot.keys, keys, side="right")
        found: dict[int, list[HitCandidate]] = {}
        for index in np.flatnonzero(last > first).tolist():
            for position in range(int(first[index]), int(last[index])):
                if self._in_force(position, reads[index], begun):
                    entry = snapshot.entry(position)
                    how: How = "exact" if reads[index].vrm == entry.vrm else "folded"
                    found.setdefault(index, []).append(
                        _candidate(index, entry, how, reads[index].confidence)
                    )
        for index, candidate in (*self._near(reads, keys, begun), *self._patterns(reads, begun)):
            found.setdefault(index, []).append(candidate)
        return [
            candidate
            for index in sorted(found)
            for candidate in found[index]
            if self._in_scope(candidate.entry, reads[index], places[index] if places else None)
        ]

    def _in_force(self, position: int, read: MarkAtTime, begun: int | None) -> bool:
        captured = microseconds(read.captured_at)
        begins = self.snapshot.valid_from[position]
        ends = self.snapshot.weed_at[position]
        return bool(begins <= (captured if begun is None else begun) and captured < ends)

    def _in_scope(self, entry: SnapshotEntry, read: MarkAtTime, place: Place | None) -> bool:
        if not entry.scopes:
            return True
        local = read.captured_at.astimezone(self._zone)
        return all(scope.holds(place, local) for scope in entry.scopes)

    def _near(
        self,
        reads: Sequence[MarkAtTime],
        keys: "np.ndarray[tuple[int], np.dtype[np.uint64]]",
        begun: int | None,
    ) -> Iterator[tuple[int, HitCandidate]]:
        snapshot = self.snapshot
        if not len(snapshot.near_keys):
            return
        first = np.searchsorted(snapshot.near_keys, keys, side="left")
        last = np.searchsorted(snapshot.near_keys, keys, side="right")
        for index, read in enumerate(reads):
            spans = [(int(first[index]), int(last[index]))]
            if read.alternatives:
                others = canonical_keys([other.vrm for other in read.alternatives])
                spans += zip(
                    np.searchsorted(snapshot.near_keys, others, side="left").tolist(),
                    np.searchsorted(snapshot.near_keys, others, side="right").tolist(),
                    strict=True,
                )
            positions = {
                int(snapshot.near_positions[row])
                for start, end in spans
                for row in range(start, end)
            }
            for position in sorted(positions):
                candidate = self._nearly(index, read, position, int(keys[index]), begun)
                if candidate is not None:
                    yield index, candidate

    def _nearly(
        self, index: int, read: MarkAtTime, position: int, key: int, begun: int | None
    ) -> HitCandidate | None:
        if int(self.snapshot.keys[position]) == key or not self._in_force(position, read, begun):
            return None
        entry = self.snapshot.entry(position)
        chance = weight(
            canonical(read.vrm),
            entry.canonical,
            confidence=read.confidence,
            others=read.alternatives,
        )
        if chance <= 0 or chance < entry.least_weight:
            return None
        stated = any(canonical(other.vrm) == entry.canonical for other in read.alternatives)
        return _candidate(index, entry, "alternative" if stated else "near", chance)

    def _patterns(
        self, reads: Sequence[MarkAtTime], begun: int | None
    ) -> Iterator[tuple[int, HitCandidate]]:
        if not self.snapshot.patterns:
            return
        for index, read in enumerate(reads):
            folded = canonical(read.vrm)
            if not self._any_pattern.fullmatch(folded):
                continue
            for position, (pattern, entry) in enumerate(self._each_pattern):
                if pattern.fullmatch(folded) and self._in_force(position, read, begun):
                    yield index, _candidate(index, entry, "pattern", read.confidence)

    @cached_property
    def _each_pattern(self) -> list[tuple[re.Pattern[str], SnapshotEntry]]:
        entries = [self.snapshot.entry(position) for position in range(self.snapshot.patterns)]
        return [(re.compile(_regular(entry.canonical)), entry) for entry in entries]

    @cached_property
    def _any_pattern(self) -> re.Pattern[str]:
        # One look at each read that fits none, which is nearly every one.
        return re.compile("|".join(f"(?:{one.pattern})" for one, _ in self._each_pattern))


def _regular(pattern: str) -> str:
    # Marks have twelve characters at most, which bounds the walk; characters need no escaping.
    return pattern.replace("?", ".").replace("*", ".*")


def _candidate(index: int, entry: SnapshotEntry, how: How, chance: float) -> HitCandidate:
    return HitCandidate(
        read_index=index, entry_id=entry.entry_id, how=how, weight=chance, entry=entry
    )
