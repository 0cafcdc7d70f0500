"""Looking: each kind of search, part by part, in live searches opened as they are needed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from openanpr.access.scope import Scope
from openanpr.cameras.queries import camera_ids_in_areas
from openanpr.search import store
from openanpr.search.planner import Planned
from openanpr.search.question import (
    CommonQuestion,
    ConvoyQuestion,
    MarkQuestion,
    PickedQuestion,
    PlaceQuestion,
    Question,
)
from openanpr.search.store import (
    Before,
    FoundRead,
    LivePart,
    Scene,
    SecondReading,
    SeenMark,
)
from openanpr.search.store.company import Companion
from openanpr.search.store.scenes import CommonMark

MOST_MARKS: Final = 2000
"""The most marks that part of one may fit; the last seen are kept."""
MOST_COMMON: Final = 200
MOST_COMPANIONS: Final = 100
MOST_PASSES: Final = 500

Open = Callable[[Sequence[LivePart]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a look found. ``reads`` are newest first; a kind that finds something else leaves them.

    ``truncated``: there was more than is shown. ``marks`` are those that fit part of a mark or lie
    around one, last seen first; ``passes`` the reads of the vehicle whose company was asked for.
    ``second`` is what people and better models said of the reads since, oldest first.
    """

    reads: tuple[FoundRead, ...] = ()
    truncated: bool = False
    marks: tuple[SeenMark, ...] = ()
    marks_cut: bool = False
    common: tuple[CommonMark, ...] = ()
    passes: tuple[FoundRead, ...] = ()
    companions: tuple[Companion, ...] = ()
    second: tuple[SecondReading, ...] = ()


@dataclass(slots=True)
class Look:
    """One look at the store: opens live searches by ``open_parts``, and ends all it opened."""

    question: Question
    scope: Scope
    planned: Sequence[Planned]
    open_parts: Open
    before: Before | None = None
    page: int | None = None
    _opened: list[LivePart] = field(default_factory=list)

    def run(self) -> Found:
        """Everything that the question finds in the scope, as far as one search shows."""
        found = self._found()
        return replace(found, second=self._second(found.reads))

    def _found(self) -> Found:
        match self.question:
            case CommonQuestion():
                return self._common(self.question)
            case ConvoyQuestion():
                return self._company(self.question)
            case PlaceQuestion():
                return self._reads(store.passages)
            case PickedQuestion():
                return self._picked(self.question)
        if self.scope.pattern is not None or self.scope.near is not None:
            return self._fitting()
        return self._reads(store.history)

    @property
    def limit(self) -> int:
        """How many reads are shown at once."""
        most = self.scope.row_limit
        return most if self.page is None else min(most, self.page)

    def end(self) -> None:
        """See no more."""
        store.end_live_searches(self._opened)

    def _open(self, parts: Sequence[LivePart]) -> list[LivePart]:
        worth = [one for one in parts if not one.is_nothing or one.pattern or one.near]
        self._opened += worth
        self.open_parts(worth)
        return worth

    def _reads(self, fetch: Callable[..., list[FoundRead]]) -> Found:
        limit = self.limit + 1
        parts = self._open([one.first() for one in self.planned])
        return self._newest(
            [read for part in parts for read in fetch(part, limit=limit, before=self.before)]
        )

    def _picked(self, question: PickedQuestion) -> Found:
        wanted = {one.id for one in question.picks}
        parts = self._open([one.first(windows=question.windows) for one in self.planned])
        reads = [read for part in parts for read in store.history(part, limit=self.limit)]
        return self._newest([read for read in reads if read.id in wanted])

    def _second(self, reads: Sequence[FoundRead]) -> tuple[SecondReading, ...]:
        said = [one for part in self._opened for one in store.second_readings(part, reads)]
        once = {one.id: one for one in said}
        return tuple(sorted(once.values(), key=lambda one: (one.made_at, one.id)))

    def _fitting(self) -> Found:
        limit = self.limit + 1
        firsts = self._open([one.first() for one in self.planned])
        by_id = {one.id: one for one in firsts}
        marks: dict[str, SeenMark] = {}
        seconds: list[tuple[LivePart, list[SeenMark]]] = []
        cut = False
        for planned in self.planned:
            seen = store.marks_seen(by_id[planned.first_id], limit=MOST_MARKS + 1)
            cut = cut or len(seen) > MOST_MARKS
            seen = self._with_look_alikes(seen[:MOST_MARKS], planned)
            marks |= {one.vrm: one for one in seen}
            seconds.append((planned.of_marks(one.vrm for one in seen), seen))
        opened = {one.id for one in self._open([part for part, _ in seconds])}
        reads = [
            read
            for part, seen in seconds
            if part.id in opened
            for read in store.history(part, limit=limit, seen=seen, before=self.before)
        ]
        found = self._newest(reads)
        newest = sorted(marks.values(), key=lambda one: (one.last_seen, one.vrm), reverse=True)
        return Found(
            reads=found.reads, truncated=found.truncated, marks=tuple(newest), marks_cut=cut
        )

    def _with_look_alikes(self, seen: list[SeenMark], planned: Planned) -> list[SeenMark]:
        """A mark's look-alikes may be two characters off; when each was seen is not known."""
        if not isinstance(self.question, MarkQuestion):
            return seen
        known = {one.vrm for one in seen}
        part = planned.part
        return seen + [
            SeenMark(vrm=vrm, first_seen=part.start, last_seen=part.end)
            for vrm in sorted(self.question.marks - known)
        ]

    def _common(self, question: CommonQuestion) -> Found:
        scenes = [
            Scene(
                camera_ids=one.place.camera_ids or camera_ids_in_areas(one.place.areas),
                start=one.start,
                end=one.end,
            )
            for one in question.scenes
        ]
        windows = tuple((one.start, one.end) for one in question.scenes)
        parts = self._open([one.first(windows=windows) for one in self.planned])
        marks = store.common(parts, scenes, at_least=question.at_least, limit=MOST_COMMON + 1)
        return Found(common=tuple(marks[:MOST_COMMON]), truncated=len(marks) > MOST_COMMON)

    def _company(self, question: ConvoyQuestion) -> Found:
        firsts = self._open([one.first() for one in self.planned])
        passes = self._newest(
            [read for part in firsts for read in store.history(part, limit=MOST_PASSES + 1)],
            limit=MOST_PASSES,
        )
        windows = store.windows_of(passes.reads, within=question.within)
        cameras = {read.camera_id for read in passes.reads}
        seconds = [one.around(cameras, windows) for one in self.planned]
        marks = store.companions(
            self._open(seconds),
            passes.reads,
            within=question.within,
            at_least=question.at_least,
            limit=MOST_COMPANIONS + 1,
        )
        return Found(
            passes=passes.reads,
            companions=tuple(marks[:MOST_COMPANIONS]),
            truncated=passes.truncated or len(marks) > MOST_COMPANIONS,
        )

    def _newest(self, reads: Sequence[FoundRead], *, limit: int | None = None) -> Found:
        """Each read once, newest first, cut at the limit."""
        limit = self.limit if limit is None else limit
        once = {read.id: read for read in reads}
        ordered = sorted(once.values(), key=lambda read: (read.captured_at, read.id), reverse=True)
        return Found(reads=tuple(ordered[:limit]), truncated=len(ordered) > limit)


@contextmanager
def looking(
    question: Question,
    scope: Scope,
    planned: Sequence[Planned],
    open_parts: Open,
    *,
    before: Before | None = None,
    page: int | None = None,
) -> Iterator[Look]:
    """A look whose live searches are ended with the block, whatever happened in it."""
    look = Look(question, scope, planned, open_parts, before, page)
    try:
        yield look
    finally:
        look.end()
