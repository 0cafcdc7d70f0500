"""The questions of analysis. Each combines reads, and is told to the audit as a combination."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

from openanpr.access.facts import SearchQuery
from openanpr.access.vocabulary import SearchKind
from openanpr.search.analysis.scenes import shifts
from openanpr.search.asked import ALIKE, Question, alike, query_of
from openanpr.search.place import Place, SceneOf, place_from, scene_from, where

METHODS: Final = {
    SearchKind.COMMON: "scenes-1",
    SearchKind.CONVOY: "company-1",
    SearchKind.LINKED: "nearby-1",
    SearchKind.MOVEMENTS: "journeys-1",
    SearchKind.CLONES: "tracks-1",
    SearchKind.ONWARD: "onward-1",
    SearchKind.ROUTE: "route-1",
}
"""The kinds that combine reads, each with the version of its method."""
COMBINING: Final = frozenset(METHODS)
OF_MARKS: Final = frozenset({SearchKind.COMMON, SearchKind.CONVOY, SearchKind.ROUTE})
"""Those that find marks: their reads are taken out by a search for the mark."""

_OF_ONE: Final = {
    SearchKind.MOVEMENTS: "the movements",
    SearchKind.CLONES: "a second vehicle with the mark",
    SearchKind.ONWARD: "the likely next camera",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonQuestion:
    """Which marks were read at ``at_least`` of these scenes?

    Compared with the same hours at the same cameras on each of so many ``days`` before.
    """

    kind: ClassVar[SearchKind] = SearchKind.COMMON
    scenes: tuple[SceneOf, ...]
    reason: str
    at_least: int = 2
    days: int = 0

    @property
    def start(self) -> datetime:
        """Where the first of the hours compared begins."""
        return min(scene.start for scene in self.scenes) - timedelta(days=self.days)

    @property
    def end(self) -> datetime:
        """Where the last scene ends."""
        return max(scene.end for scene in self.scenes)

    @property
    def compared(self) -> tuple[tuple[SceneOf, ...], ...]:
        """The scenes as they lie on each day compared; a day that touches a scene is left out."""
        moved = (
            tuple(replace(one, start=one.start - shift, end=one.end - shift) for one in self.scenes)
            for shift in shifts(self.days)
        )
        return tuple(day for day in moved if not _touch(day, self.scenes))

    @property
    def named(self) -> frozenset[str]:
        return frozenset()

    @property
    def asked(self) -> str:
        words = f"marks read at {self.at_least} or more of {len(self.scenes)} scenes"
        days = f"{self.days} day{'' if self.days == 1 else 's'}"
        return f"{words}, compared with the {days} before" if self.days else words

    @property
    def windows(self) -> tuple[tuple[datetime, datetime], ...]:
        """Every stretch of time that is looked into."""
        every = (one for day in (self.scenes, *self.compared) for one in day)
        return tuple((one.start, one.end) for one in every)

    def as_query(self) -> SearchQuery:
        places = [scene.place for scene in self.scenes]
        return query_of(self, windows=self.windows, **where(places))

    def facts(self) -> dict[str, Any]:
        return {
            "scenes": [one.facts() for one in self.scenes],
            "at_least": self.at_least,
            "days": self.days,
        }

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
        return query_of(self, companions_of=self.vrm)

    def facts(self) -> dict[str, Any]:
        return {
            "companions_of": self.vrm,
            "within_seconds": int(self.within.total_seconds()),
            "at_least": self.at_least,
        }

    def over(self, start: datetime, end: datetime) -> "ConvoyQuestion":
        return replace(self, start=start, end=end)


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleQuestion:
    """What do the reads of this mark say together? ``kind`` says what is wanted of them."""

    kind: SearchKind
    vrm: str
    start: datetime
    end: datetime
    reason: str
    look_alikes: bool = True

    @property
    def marks(self) -> frozenset[str]:
        """Every spelling that is looked for."""
        return alike({self.vrm}, look_alikes=self.look_alikes)

    @property
    def named(self) -> frozenset[str]:
        return frozenset({self.vrm})

    @property
    def asked(self) -> str:
        return f"{_OF_ONE[self.kind]} of {self.vrm}{ALIKE if self.look_alikes else ''}"

    def as_query(self) -> SearchQuery:
        return query_of(self, vrms=self.marks)

    def facts(self) -> dict[str, Any]:
        return {"vrm": self.vrm, "look_alikes": self.look_alikes}

    def over(self, start: datetime, end: datetime) -> "VehicleQuestion":
        return replace(self, start=start, end=end)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedQuestion:
    """Which of these vehicles were near the scene? Reads of ``[start, end)`` around it count."""

    kind: ClassVar[SearchKind] = SearchKind.LINKED
    vrms: frozenset[str]
    scene: SceneOf
    start: datetime
    end: datetime
    reason: str

    @property
    def named(self) -> frozenset[str]:
        return self.vrms

    @property
    def asked(self) -> str:
        many = len(self.vrms)
        return f"which of {many} linked vehicle{'' if many == 1 else 's'} were near a scene"

    def as_query(self) -> SearchQuery:
        return query_of(self, vrms=alike(self.vrms, look_alikes=True))

    def facts(self) -> dict[str, Any]:
        return {"vrms": sorted(self.vrms), "look_alikes": True, "scenes": [self.scene.facts()]}

    def over(self, start: datetime, end: datetime) -> "LinkedQuestion":
        return replace(self, start=start, end=end)


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteQuestion:
    """Which marks passed these places in this order, each within ``within`` of the one before?"""

    kind: ClassVar[SearchKind] = SearchKind.ROUTE
    places: tuple[Place, ...]
    start: datetime
    end: datetime
    reason: str
    within: timedelta = timedelta(hours=1)

    @property
    def named(self) -> frozenset[str]:
        return frozenset()

    @property
    def asked(self) -> str:
        minutes = int(self.within.total_seconds() // 60)
        return (
            f"marks that passed {len(self.places)} places in order, "
            f"within {minutes} minutes from each to the next"
        )

    def as_query(self) -> SearchQuery:
        return query_of(self, **where(self.places))

    def facts(self) -> dict[str, Any]:
        return {
            "places": [one.facts() for one in self.places],
            "within_seconds": int(self.within.total_seconds()),
        }

    def over(self, start: datetime, end: datetime) -> "RouteQuestion":
        return replace(self, start=start, end=end)


def analysis_question(kind: str, facts: Mapping[str, Any], **common: Any) -> Question:
    """The question of analysis that was kept as these facts. Raises ``KeyError``."""
    if kind in _OF_ONE:
        return VehicleQuestion(
            kind=SearchKind(kind), vrm=facts["vrm"], look_alikes=facts["look_alikes"], **common
        )
    if kind == SearchKind.LINKED:
        scene = scene_from(facts["scenes"][0])
        return LinkedQuestion(vrms=frozenset(facts["vrms"]), scene=scene, **common)
    if kind == SearchKind.ROUTE:
        return RouteQuestion(
            places=tuple(place_from(one) for one in facts["places"]),
            within=timedelta(seconds=facts["within_seconds"]),
            **common,
        )
    if kind == SearchKind.COMMON:
        return CommonQuestion(
            scenes=tuple(scene_from(one) for one in facts["scenes"]),
            at_least=facts["at_least"],
            days=facts.get("days", 0),
            reason=common["reason"],
        )
    return ConvoyQuestion(
        vrm=facts["companions_of"],
        within=timedelta(seconds=facts["within_seconds"]),
        at_least=facts["at_least"],
        **common,
    )


def _touch(day: tuple[SceneOf, ...], scenes: tuple[SceneOf, ...]) -> bool:
    return any(
        one.start < scene.end
        and scene.start < one.end
        and bool(
            one.place.camera_ids & scene.place.camera_ids or one.place.areas & scene.place.areas
        )
        for one in day
        for scene in scenes
    )
