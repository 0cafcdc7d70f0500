"""What every question is, whatever its kind."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, Protocol, Self

from openanpr.access.facts import SearchQuery
from openanpr.access.vocabulary import SearchKind
from openanpr.investigations.queries import with_look_alikes

ALIKE: Final = " and marks that look the same (O and 0, I and 1)"


class Question(Protocol):
    """One search that can be asked."""

    @property
    def kind(self) -> SearchKind: ...
    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...
    @property
    def reason(self) -> str: ...
    @property
    def named(self) -> frozenset[str]:
        """The whole marks that it names: those that may be followed."""
        ...

    @property
    def asked(self) -> str:
        """What is looked for, in words."""
        ...

    def as_query(self) -> SearchQuery:
        """The question as the access policy takes it."""
        ...

    def facts(self) -> dict[str, Any]:
        """What is looked for, as plain JSON."""
        ...

    def over(self, start: datetime, end: datetime) -> Self:
        """The same about another period."""
        ...


def query_of(question: Question, **fields: Any) -> SearchQuery:
    """The question for the access policy, with what its kind says beside."""
    return SearchQuery(
        kind=question.kind,
        start=question.start,
        end=question.end,
        reason=question.reason,
        **fields,
    )


def alike(vrms: Iterable[str], *, look_alikes: bool) -> frozenset[str]:
    """The marks, and those that look the same where they are wanted too."""
    found = with_look_alikes(list(vrms)) if look_alikes else None
    return found or frozenset(vrms)
