"""Looking: each kind of search, part by part, in live searches opened as they are needed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from openanpr.access.scope import Scope
from openanpr.search import store
from openanpr.search.analysis.questions import RouteQuestion
from openanpr.search.picked import PickedQuestion
from openanpr.search.planner import Planned
from openanpr.search.question import (
    CommonQuestion,
    ConvoyQuestion,
    MarkQuestion,
    PlaceQuestion,
    Question,
)
from openanpr.search.services import combining
from openanpr.search.services.finding import Found
from openanpr.search.store import Before, FoundRead, LivePart, SecondReading, SeenMark

MOST_MARKS: Final = 2000
"""The most marks that part of one may fit; the last seen are kept."""

Open = Callable[[Sequence[LivePart]], None]


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
                return combining.common(self, self.question)
            case ConvoyQuestion():
                return combining.company(self, self.question)
            case RouteQuestion():
                return combining.route(self, self.question)
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

    def open(self, parts: Sequence[LivePart]) -> list[LivePart]:
        """Open live searches; those that can find nothing are left out."""
        worth = [one for one in parts if not one.is_nothing or one.pattern or one.near]
        self._opened += worth
        self.open_parts(worth)
        return worth

    def _reads(self, fetch: Callable[..., list[FoundRead]]) -> Found:
        limit = self.limit + 1
        parts = self.open([one.first() for one in self.planned])
        return self.newest(
            [read for part in parts for read in fetch(part, limit=limit, before=self.before)]
        )

    def _picked(self, question: PickedQuestion) -> Found:
        wanted = {one.id for one in question.picks}
        parts = self.open([one.first(windows=question.windows) for one in self.planned])
        reads = [read for part in parts for read in store.history(part, limit=self.limit)]
        return self.newest([read for read in reads if read.id in wanted])

    def _second(self, reads: Sequence[FoundRead]) -> tuple[SecondReading, ...]:
        said = [one for part in self._opened for one in store.second_readings(part, reads)]
        once = {one.id: one for one in said}
        return tuple(sorted(once.values(), key=lambda one: (one.made_at, one.id)))

    def _fitting(self) -> Found:
        limit = self.limit + 1
        firsts = self.open([one.first() for one in self.planned])
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
        opened = {one.id for one in self.open([part for part, _ in seconds])}
        reads = [
            read
            for part, seen in seconds
            if part.id in opened
            for read in store.history(part, limit=limit, seen=seen, before=self.before)
        ]
        found = self.newest(reads)
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

    def newest(self, reads: Sequence[FoundRead], *, limit: int | None = None) -> Found:
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
