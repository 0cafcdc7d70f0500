"""Whose reads a search showed, where a store holds those of several forces."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final

Owners = Callable[[Collection[int]], Mapping[int, str]]
"""The code of the force that owns each of these cameras (by id), as far as one does."""
_KNOWN: Final[list[Owners]] = []


def register(owners: Owners) -> None:
    """Make known who knows."""
    _KNOWN.append(owners)


def by_force(camera_ids: Iterable[int]) -> dict[str, int]:
    """How many reads of each force, of reads of these cameras (one each read)."""
    counts = Counter(camera_ids)
    found: Counter[str] = Counter()
    for owners in _KNOWN:
        for camera_id, force in owners(frozenset(counts)).items():
            found[force] += counts[camera_id]
    return dict(sorted(found.items()))
