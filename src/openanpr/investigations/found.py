"""How many searches were made for investigations, and how many found something: counts alone.

Searches are known to an app above this one, which registers how to count them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchCounts:
    """Searches: ``refused`` ones looked at nothing; of the others some found reads, some none."""

    found: int = 0
    nothing: int = 0
    refused: int = 0

    @property
    def all(self) -> int:
        """How many searches they are."""
        return self.found + self.nothing + self.refused


Counter = Callable[[Sequence[UUID], datetime], SearchCounts]
_counters: list[Counter] = []


def register(counter: Counter) -> None:
    """Count by this: searches for these investigations since a moment."""
    if counter not in _counters:
        _counters.append(counter)


def counts(investigations: Sequence[UUID], *, since: datetime) -> SearchCounts:
    """The searches made for these investigations since ``since``."""
    said = [counter(investigations, since) for counter in _counters]
    return SearchCounts(
        found=sum(one.found for one in said),
        nothing=sum(one.nothing for one in said),
        refused=sum(one.refused for one in said),
    )
