"""What a person asks of the store, once the form is understood.

Each question says itself three ways: to the access policy (`as_query`), in words (`asked`), and as
the facts that the audit and the record of searches keep (`facts`), to be asked again.
Marks are normalised; periods are half-open.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

from openanpr.access.facts import SearchQuery
from openanpr.access.vocabulary import SearchKind
from openanpr.search.analysis.questions import CommonQuestion, ConvoyQuestion, analysis_question
from openanpr.search.asked import ALIKE, Question, alike, query_of
from openanpr.search.picked import picked_from
from openanpr.search.place import Place, SceneOf, counted, place_from, where

__all__ = [
    "CommonQuestion",
    "ConvoyQuestion",
    "MarkQuestion",
    "MarksQuestion",
    "PartQuestion",
    "Place",
    "PlaceQuestion",
    "Question",
    "SceneOf",
    "question_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkQuestion:
    """Where was this mark read? ``misreads``: reads one character off are wanted too."""

    vrm: str
    start: datetime
    end: datetime
    reason: str
    look_alikes: bool = True
    misreads: bool = False

    @property
    def kind(self) -> SearchKind:
        """Whole marks alone, or what may be a misread of one."""
        return SearchKind.NEAR if self.misreads else SearchKind.MARK

    @property
    def marks(self) -> frozenset[str]:
        """Every mark that is looked for by name."""
        return alike({self.vrm}, look_alikes=self.look_alikes)

    @property
    def named(self) -> frozenset[str]:
        return frozenset({self.vrm})

    @property
    def asked(self) -> str:
        misreads = ", and reads one character off" if self.misreads else ""
        return f"{self.vrm}{ALIKE if self.look_alikes else ''}{misreads}"

    def as_query(self) -> SearchQuery:
        near = self.vrm if self.misreads else None
        vrms = None if self.misreads else self.marks
        return query_of(self, vrms=vrms, near=near)

    def facts(self) -> dict[str, Any]:
        return {"vrm": self.vrm, "look_alikes": self.look_alikes, "near": _near(self)}

    def over(self, start: datetime, end: datetime) -> "MarkQuestion":
        return replace(self, start=start, end=end)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarksQuestion:
    """Where were any of these marks read?"""

    kind: ClassVar[SearchKind] = SearchKind.MARKS
    vrms: frozenset[str]
    start: datetime
    end: datetime
    reason: str
    look_alikes: bool = True

    @property
    def marks(self) -> frozenset[str]:
        """Every mark that is looked for."""
        return alike(self.vrms, look_alikes=self.look_alikes)

    @property
    def named(self) -> frozenset[str]:
        return self.vrms

    @property
    def asked(self) -> str:
        return f"{len(self.vrms)} marks{ALIKE if self.look_alikes else ''}"

    def as_query(self) -> SearchQuery:
        return query_of(self, vrms=self.marks)

    def facts(self) -> dict[str, Any]:
        return {"vrms": sorted(self.vrms), "look_alikes": self.look_alikes}

    def over(self, start: datetime, end: datetime) -> "MarksQuestion":
        return replace(self, start=start, end=end)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartQuestion:
    """Where was a mark read that fits ``pattern`` (``?`` one character, ``*`` any run)?"""

    kind: ClassVar[SearchKind] = SearchKind.PART
    pattern: str
    start: datetime
    end: datetime
    reason: str

    @property
    def named(self) -> frozenset[str]:
        return frozenset()

    @property
    def asked(self) -> str:
        return f"marks that fit {self.pattern}"

    def as_query(self) -> SearchQuery:
        return query_of(self, pattern=self.pattern)

    def facts(self) -> dict[str, Any]:
        return {"pattern": self.pattern}

    def over(self, start: datetime, end: datetime) -> "PartQuestion":
        return replace(self, start=start, end=end)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceQuestion:
    """Which marks were read here?"""

    kind: ClassVar[SearchKind] = SearchKind.PLACE
    place: Place
    start: datetime
    end: datetime
    reason: str

    @property
    def named(self) -> frozenset[str]:
        return frozenset()

    @property
    def asked(self) -> str:
        return f"every read at {counted(self.place)}"

    def as_query(self) -> SearchQuery:
        return query_of(self, **where([self.place]))

    def facts(self) -> dict[str, Any]:
        return {"place": self.place.facts()}

    def over(self, start: datetime, end: datetime) -> "PlaceQuestion":
        return replace(self, start=start, end=end)


def question_of(
    kind: str, facts: Mapping[str, Any], *, start: datetime, end: datetime, reason: str
) -> Question:
    """The question that was kept as these facts. Raises ``KeyError`` or ``ValueError``."""
    common: dict[str, Any] = {"start": start, "end": end, "reason": reason}
    match SearchKind(kind):
        case SearchKind.MARK | SearchKind.NEAR:
            return MarkQuestion(
                vrm=facts["vrm"],
                look_alikes=facts["look_alikes"],
                misreads=kind == SearchKind.NEAR,
                **common,
            )
        case SearchKind.MARKS if "picked" in facts:
            return picked_from(facts, **common)
        case SearchKind.MARKS:
            return MarksQuestion(
                vrms=frozenset(facts["vrms"]), look_alikes=facts["look_alikes"], **common
            )
        case SearchKind.PART:
            return PartQuestion(pattern=facts["pattern"], **common)
        case SearchKind.PLACE:
            return PlaceQuestion(place=place_from(facts["place"]), **common)
        case _:
            return analysis_question(kind, facts, start=start, end=end, reason=reason)


def _near(question: MarkQuestion) -> str | None:
    return question.vrm if question.misreads else None
