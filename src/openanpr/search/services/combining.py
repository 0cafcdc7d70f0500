"""The looks of analysis: what several reads say together, and how much of it means anything."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from openanpr.cameras.queries import camera_ids_in_areas
from openanpr.search import store
from openanpr.search.analysis.company import AROUND, Passing, company_of
from openanpr.search.analysis.questions import CommonQuestion, ConvoyQuestion, RouteQuestion
from openanpr.search.analysis.routes import Run, runs_along
from openanpr.search.analysis.scenes import Comparison, compare
from openanpr.search.place import SceneOf
from openanpr.search.services.finding import Found
from openanpr.search.store import CommonMark, LivePart, Scene
from openanpr.web.dates import force_zone

if TYPE_CHECKING:
    from openanpr.search.services.look import Look

MOST_COMMON: Final = 200
MOST_WEIGHED: Final = 1000
MOST_COMPANIONS: Final = 100
MOST_PASSES: Final = 500


def common(look: "Look", question: CommonQuestion) -> Found:
    """Marks at several scenes, compared with those of other days."""
    scenes = [_scene(one) for one in question.scenes]
    parts = look.open([one.first(windows=question.windows) for one in look.planned])
    marks = store.common(parts, scenes, at_least=question.at_least, limit=MOST_COMMON + 1)
    shown = tuple(marks[:MOST_COMMON])
    return Found(
        common=shown,
        comparison=_compared(look, question, parts, shown),
        truncated=len(marks) > MOST_COMMON,
    )


def company(look: "Look", question: ConvoyQuestion) -> Found:
    """Marks near a vehicle again and again, weighed against what normal traffic brings there."""
    firsts = look.open([one.first() for one in look.planned])
    passes = look.newest(
        [read for part in firsts for read in store.history(part, limit=MOST_PASSES + 1)],
        limit=MOST_PASSES,
    )
    windows = store.windows_of(passes.reads, within=question.within)
    cameras = {read.camera_id for read in passes.reads}
    nearby = {one.second_id: one.around(cameras, windows) for one in look.planned}
    near = store.companions(
        look.open(list(nearby.values())),
        passes.reads,
        within=question.within,
        at_least=question.at_least,
        limit=MOST_WEIGHED,
    )
    met = {one.vrm: one for one in near.companions}
    around = store.windows_of(passes.reads, within=AROUND)
    thirds = [one.of_companions(nearby[one.second_id], met, around) for one in look.planned]
    others: dict[str, list[Passing]] = {vrm: [] for vrm in met}
    for part in look.open(thirds) if met else ():
        for vrm, reads in store.passings_of(part, sorted(part.vrms or ())).items():
            others[vrm] += reads
    weighed = company_of(
        (Passing(read.captured_at, read.camera_id) for read in passes.reads),
        others,
        within=question.within,
        looked_at=near.looked_at,
        zone=force_zone(),
    )
    kept = weighed[:MOST_COMPANIONS]
    return Found(
        passes=passes.reads,
        companions=tuple(met[one.vrm] for one in kept),
        company=tuple(kept),
        looked_at=near.looked_at,
        truncated=passes.truncated or len(weighed) > MOST_COMPANIONS,
    )


def route(look: "Look", question: RouteQuestion) -> Found:
    """Marks that passed every place of a route in its order."""
    scenes = [
        Scene(
            camera_ids=place.camera_ids or camera_ids_in_areas(place.areas),
            start=question.start,
            end=question.end,
        )
        for place in question.places
    ]
    parts = look.open([one.first() for one in look.planned])
    at_every = store.common(parts, scenes, at_least=len(scenes), limit=MOST_WEIGHED + 1)
    drove = [one for one in at_every if runs_of(one, question)]
    return Found(
        common=tuple(drove[:MOST_COMMON]),
        truncated=len(drove) > MOST_COMMON or len(at_every) > MOST_WEIGHED,
    )


def runs_of(mark: CommonMark, question: RouteQuestion) -> tuple[Run, ...]:
    """The drives of one mark along the route."""
    visits = ((number, read.captured_at) for number, read in mark.visits)
    return runs_along(visits, places=len(question.places), within=question.within)


def _scene(one: SceneOf) -> Scene:
    return Scene(
        camera_ids=one.place.camera_ids or camera_ids_in_areas(one.place.areas),
        start=one.start,
        end=one.end,
    )


def _compared(
    look: "Look",
    question: CommonQuestion,
    parts: Sequence[LivePart],
    found: Sequence[CommonMark],
) -> Comparison:
    """Only days that may be looked into whole: half of one would say that there is no traffic."""
    days = [
        [_scene(one) for one in day]
        for day in question.compared
        if all(_may_see(look, one) for one in day)
    ]
    marks = store.marks_at(parts, [one for day in days for one in day])
    many = len(question.scenes)
    otherwise = [marks[number : number + many] for number in range(0, len(marks), many)]
    at_scenes = {one.vrm: len(one.scenes) for one in found}
    return compare(at_scenes, otherwise, fewest=question.at_least)


def _may_see(look: "Look", scene: SceneOf) -> bool:
    return any(start <= scene.start and scene.end <= end for start, end in look.scope.periods)
