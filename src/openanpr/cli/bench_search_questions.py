"""The questions that the measurement asks: of each kind, about vehicles that were on the road."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np

from openanpr.access.scope import Scope, ScopePart
from openanpr.access.vocabulary import Category
from openanpr.cli.bench_search_building import Store
from openanpr.cli.bench_search_traffic import CAMERAS, mark_of
from openanpr.search.question import (
    CommonQuestion,
    ConvoyQuestion,
    MarkQuestion,
    PartQuestion,
    Place,
    PlaceQuestion,
    Question,
    SceneOf,
)

ROWS: Final = 1000
_WHY: Final = "Measurement"


def questions(store: Store, *, each: int) -> dict[str, list[Question]]:
    """So many questions of each kind, the same for the same store."""
    asker = _Asker(store)
    kinds: dict[str, Callable[[int], Question]] = {
        "history": asker.history,
        "place_time": asker.place_time,
        "wildcard": asker.wildcard,
        "fuzzy": asker.fuzzy,
        "common": asker.common,
        "convoy": asker.convoy,
    }
    return {name: [ask(number) for number in range(each)] for name, ask in kinds.items()}


def scope_of(question: Question) -> Scope:
    """What a decision would allow that allows everything asked."""
    query = question.as_query()
    part = ScopePart(
        start=question.start,
        end=question.end,
        band="measured",
        vrms=query.marks,
        camera_areas=None,
    )
    return Scope(
        kind=question.kind,
        parts=(part,),
        investigation_reference="bench",
        category=Category.MAJOR,
        profile="bench",
        decided_at=question.end,
        row_limit=ROWS,
        show_location=True,
        show_images=True,
        include_covert=True,
        pattern=query.pattern,
        near=query.near,
        companions_of=query.companions_of,
        camera_ids=query.camera_ids,
    )


class _Asker:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._chance = np.random.default_rng(2)
        self._vehicles = self._on_the_road()

    def history(self, number: int) -> Question:
        return MarkQuestion(vrm=self._mark(), **self._all())

    def fuzzy(self, number: int) -> Question:
        return MarkQuestion(vrm=self._mark(), misreads=True, **self._all())

    def wildcard(self, number: int) -> Question:
        mark = self._mark()
        shapes = (
            f"{mark[:2]}?{mark[3]}*",
            f"{mark[:4]}*",
            f"*{mark[4:]}",
            f"{mark[:4]}?{mark[5:]}",
            f"{mark[:3]}*{mark[6]}",
            f"*{mark[3:6]}*",
        )
        return PartQuestion(pattern=shapes[number % len(shapes)], **self._all())

    def place_time(self, number: int) -> Question:
        start = self._hour()
        return PlaceQuestion(
            place=self._place(3), start=start, end=start + timedelta(hours=1), reason=_WHY
        )

    def common(self, number: int) -> Question:
        scenes = []
        for _ in range(2 + number % 2):
            start = self._hour()
            scenes.append(
                SceneOf(place=self._place(3), start=start, end=start + timedelta(hours=1))
            )
        return CommonQuestion(scenes=tuple(scenes), reason=_WHY)

    def convoy(self, number: int) -> Question:
        end = self._store.end - timedelta(days=int(self._chance.integers(0, 14)))
        # The vehicles that were planted drive in company; the others among commuters.
        vrm = mark_of(2 * number % 40) if number % 2 else self._mark()
        return ConvoyQuestion(vrm=vrm, start=end - timedelta(days=7), end=end, reason=_WHY)

    def _all(self) -> dict[str, Any]:
        return {"start": self._store.start, "end": self._store.end, "reason": _WHY}

    def _mark(self) -> str:
        return next(self._vehicles)

    def _hour(self) -> datetime:
        days = int(self._chance.integers(1, min(self._store.days, 60)))
        hour = int(self._chance.integers(6, 22))
        return self._store.end - timedelta(days=days) + timedelta(hours=hour)

    def _place(self, cameras: int) -> Place:
        chosen = self._chance.choice(CAMERAS, cameras, replace=False)
        return Place(camera_ids=frozenset(int(one) + 1 for one in chosen))

    def _on_the_road(self) -> Iterator[str]:
        """Marks as often as they were read: those who drive more are asked for more."""
        traffic = self._store.traffic
        while True:
            day = int(self._chance.integers(0, self._store.days))
            midnight = self._store.start + timedelta(days=day)
            marks = traffic.day(day, weekday=midnight.weekday()).marks
            for row in self._chance.permutation(len(marks))[:25]:
                yield marks[row].tobytes().decode()
