"""What a person asks of the store, once the form is understood.

Each question says itself three ways: to the access policy (`as_query`), in words (`asked`), and as
the facts that the audit and the record of searches keep (`facts`), to be asked again.
Marks are normalised; periods are half-open.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final, Protocol, Self
from uuid import UUID

from openanpr.access.bands import RESOLUTION
from openanpr.access.facts import SearchQuery
from openanpr.access.vocabulary import SearchKind
from openanpr.investigations.queries import with_look_alikes

_ALIKE: Final = " and marks that look the same (O and 0, I and 1)"


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
        return _alike({self.vrm}, look_alikes=self.look_alikes)

    @property
    def named(self) -> frozenset[str]:
        return frozenset({self.vrm})

    @property
    def asked(self) -> str:
        misreads = ", and reads one character off" if self.misreads else ""
        return f"{self.vrm}{_ALIKE if self.look_alikes else ''}{misreads}"

    def as_query(self) -> SearchQuery:
        near = self.vrm if self.misreads else None
        vrms = None if self.misreads else self.marks
        return _query(self, vrms=vrms, near=near)

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
        return _alike(self.vrms, look_alikes=self.look_alikes)

    @property
    def named(self) -> frozenset[str]:
        return self.vrms

    @property
    def asked(self) -> str:
        return f"{len(self.vrms)} marks{_ALIKE if self.look_alikes else ''}"

    def as_query(self) -> SearchQuery:
        return _query(self, vrms=self.marks)

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
        return _query(self, pattern=self.pattern)

    def facts(self) -> dict[str, Any]:
        return {"pattern": self.pattern}

    def over(self, start: datetime, end: datetime) -> "PartQuestion":
        return replace(self, start=start, end=end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where: cameras by id, or whole areas by name; ``label`` is what the asker called it."""

    camera_ids: frozenset[int] = frozenset()
    areas: frozenset[str] = frozenset()
    label: str = ""

    def facts(self) -> dict[str, Any]:
        """As plain JSON; cameras by id alone."""
        return {"camera_ids": sorted(self.camera_ids), "areas": sorted(self.areas)}


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
        return f"every read at {_counted(self.place)}"

    def as_query(self) -> SearchQuery:
        return _query(self, **_where([self.place]))

    def facts(self) -> dict[str, Any]:
        return {"place": self.place.facts()}

    def over(self, start: datetime, end: datetime) -> "PlaceQuestion":
        return replace(self, start=start, end=end)


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneOf:
    """A place and its time."""

    place: Place
    start: datetime
    end: datetime

    def facts(self) -> dict[str, Any]:
        """As plain JSON."""
        return {
            **self.place.facts(),
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonQuestion:
    """Which marks were read at ``at_least`` of these scenes?"""

    kind: ClassVar[SearchKind] = SearchKind.COMMON
    scenes: tuple[SceneOf, ...]
    reason: str
    at_least: int = 2

    @property
    def start(self) -> datetime:
        """Where the first scene begins."""
        return min(scene.start for scene in self.scenes)

    @property
    def end(self) -> datetime:
        """Where the last scene ends."""
        return max(scene.end for scene in self.scenes)

    @property
    def named(self) -> frozenset[str]:
        return frozenset()

    @property
    def asked(self) -> str:
        return f"marks read at {self.at_least} or more of {len(self.scenes)} scenes"

    def as_query(self) -> SearchQuery:
        windows = tuple((scene.start, scene.end) for scene in self.scenes)
        return _query(self, windows=windows, **_where([scene.place for scene in self.scenes]))

    def facts(self) -> dict[str, Any]:
        return {"scenes": [one.facts() for one in self.scenes], "at_least": self.at_least}

    def over(self, start: datetime, end: datetime) -> "CommonQuestion":
        """The scenes as far as they lie in the period."""
        cut = (
            replace(one, start=max(one.start, start), end=min(one.end, end)) for one in self.scenes
        )
        return replace(self, scenes=tuple(one for one in cut if one.start < one.end))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvoyQuestion:
    """Which marks were read within ``within`` of this one at ``at_least`` of its passes?"""

    kind: ClassVar[SearchKind] = SearchKind.CONVOY
    vrm: str
    start: datetime
    end: datetime
    reason: str
    within: timedelta = timedelta(seconds=60)
    at_least: int = 3

    @property
    def named(self) -> frozenset[str]:
        return frozenset({self.vrm})

    @property
    def asked(self) -> str:
        seconds = int(self.within.total_seconds())
        return (
            f"marks read within {seconds} seconds of {self.vrm} "
            f"at {self.at_least} or more of its passes"
        )

    def as_query(self) -> SearchQuery:
        return _query(self, companions_of=self.vrm)

    def facts(self) -> dict[str, Any]:
        return {
            "companions_of": self.vrm,
            "within_seconds": int(self.within.total_seconds()),
            "at_least": self.at_least,
        }

    def over(self, start: datetime, end: datetime) -> "ConvoyQuestion":
        return replace(self, start=start, end=end)


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
        return _query(self, vrms=self.vrms)

    def facts(self) -> dict[str, Any]:
        return {
            "vrms": sorted(self.vrms),
            "look_alikes": False,
            "picked": [one.facts() for one in self.picks],
        }

    def over(self, start: datetime, end: datetime) -> "PickedQuestion":
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
            return PickedQuestion(
                picks=tuple(_pick(*one) for one in facts["picked"]),
                vrms=frozenset(facts["vrms"]),
                **common,
            )
        case SearchKind.MARKS:
            return MarksQuestion(
                vrms=frozenset(facts["vrms"]), look_alikes=facts["look_alikes"], **common
            )
        case SearchKind.PART:
            return PartQuestion(pattern=facts["pattern"], **common)
        case SearchKind.PLACE:
            return PlaceQuestion(place=_place(facts["place"]), **common)
        case SearchKind.COMMON:
            scenes = tuple(
                SceneOf(
                    place=_place(one),
                    start=datetime.fromisoformat(one["from"]),
                    end=datetime.fromisoformat(one["to"]),
                )
                for one in facts["scenes"]
            )
            return CommonQuestion(scenes=scenes, at_least=facts["at_least"], reason=reason)
        case SearchKind.CONVOY:
            return ConvoyQuestion(
                vrm=facts["companions_of"],
                within=timedelta(seconds=facts["within_seconds"]),
                at_least=facts["at_least"],
                **common,
            )


def _query(question: Question, **fields: Any) -> SearchQuery:
    return SearchQuery(
        kind=question.kind,
        start=question.start,
        end=question.end,
        reason=question.reason,
        **fields,
    )


def _near(question: MarkQuestion) -> str | None:
    return question.vrm if question.misreads else None


def _alike(vrms: Iterable[str], *, look_alikes: bool) -> frozenset[str]:
    alike = with_look_alikes(list(vrms)) if look_alikes else None
    return alike or frozenset(vrms)


def _where(places: list[Place]) -> dict[str, Any]:
    """By cameras or by areas; the two together would be narrowed to what is in both."""
    if any(place.camera_ids for place in places) and any(place.areas for place in places):
        raise ValueError("name the places of one search all by cameras or all by areas")
    cameras = frozenset(str(one) for place in places for one in place.camera_ids)
    areas = frozenset(area for place in places for area in place.areas)
    return {"camera_ids": cameras or None, "camera_areas": areas or None}


def _pick(read_id: str, captured_at: str) -> Pick:
    return Pick(id=UUID(read_id), captured_at=datetime.fromisoformat(captured_at))


def _place(facts: Mapping[str, Any]) -> Place:
    return Place(camera_ids=frozenset(facts["camera_ids"]), areas=frozenset(facts["areas"]))


def _counted(place: Place) -> str:
    cameras, areas = len(place.camera_ids), len(place.areas)
    words = []
    if cameras:
        words.append(f"{cameras} camera{'' if cameras == 1 else 's'}")
    if areas:
        words.append(f"{areas} area{'' if areas == 1 else 's'}")
    return " of ".join(words) if words else "no place"
