"""What a person asks of the store, once the form is understood."""

from dataclasses import dataclass
from datetime import datetime

from openanpr.access.facts import SearchQuery
from openanpr.investigations.queries import with_look_alikes


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkQuestion:
    """Where was this mark read in ``[start, end)``? ``vrm`` is normalised."""

    vrm: str
    start: datetime
    end: datetime
    reason: str
    look_alikes: bool = True

    @property
    def marks(self) -> frozenset[str]:
        """Every mark that is looked for."""
        alike = with_look_alikes([self.vrm]) if self.look_alikes else None
        return alike or frozenset({self.vrm})

    def as_query(self) -> SearchQuery:
        """The question as the access policy takes it."""
        return SearchQuery(
            kind="mark", start=self.start, end=self.end, reason=self.reason, vrms=self.marks
        )
