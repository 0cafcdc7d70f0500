"""The question for reads that a search has shown, to see them again: compared, or taken out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from openanpr.access.bands import RESOLUTION
from openanpr.access.facts import SearchQuery
from openanpr.access.vocabulary import SearchKind
from openanpr.search.asked import query_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One read that a search has shown."""

    id: UUID
    captured_at: datetime

    def facts(self) -> list[str]:
        """As plain JSON."""
        return [str(self.id), self.captured_at.isoformat()]


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedQuestion:
    """These reads again, of these marks, which a search for the same investigation has shown."""

    kind: ClassVar[SearchKind] = SearchKind.MARKS
    picks: tuple[Pick, ...]
    vrms: frozenset[str]
    start: datetime
    end: datetime
    reason: str

    @classmethod
    def of(cls, picks: Iterable[Pick], *, vrms: Iterable[str], reason: str) -> "PickedQuestion":
        """The question for these reads (at least one)."""
        listed = tuple(picks)
        moments = [one.captured_at for one in listed]
        return cls(
            picks=listed,
            vrms=frozenset(vrms),
            start=min(moments),
            end=max(moments) + RESOLUTION,
            reason=reason,
        )

    @property
    def named(self) -> frozenset[str]:
        return frozenset()

    @property
    def asked(self) -> str:
        count = len(self.picks)
        return f"{count} read{'' if count == 1 else 's'} picked from a result"

    @property
    def windows(self) -> tuple[tuple[datetime, datetime], ...]:
        """The instants of the reads."""
        return tuple((one.captured_at, one.captured_at + RESOLUTION) for one in self.picks)

    def as_query(self) -> SearchQuery:
        return query_of(self, vrms=self.vrms)

    def facts(self) -> dict[str, Any]:
        return {
            "vrms": sorted(self.vrms),
            "look_alikes": False,
            "picked": [one.facts() for one in self.picks],
        }

    def over(self, start: datetime, end: datetime) -> "PickedQuestion":
        return replace(self, start=start, end=end)


def picked_from(
    facts: Mapping[str, Any], *, start: datetime, end: datetime, reason: str
) -> PickedQuestion:
    """The question that was kept as these facts. Raises ``KeyError`` or ``ValueError``."""
    return PickedQuestion(
        picks=tuple(
            Pick(id=UUID(read_id), captured_at=datetime.fromisoformat(captured_at))
            for read_id, captured_at in facts["picked"]
        ),
        vrms=frozenset(facts["vrms"]),
        start=start,
        end=end,
        reason=reason,
    )
