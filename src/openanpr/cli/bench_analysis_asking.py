"""The questions of the measurement of analysis, and what their answers are worth."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from typing import Any, Final

import psycopg

from openanpr.access.vocabulary import SearchKind
from openanpr.cli.bench_analysis_planting import Plants, position_of
from openanpr.cli.bench_search_building import Store
from openanpr.cli.bench_search_measuring import LIVE
from openanpr.cli.bench_search_questions import scope_of
from openanpr.cli.bench_search_traffic import PLANTED, mark_of
from openanpr.search.analysis.clones import tracks_of
from openanpr.search.analysis.journeys import journeys_of
from openanpr.search.analysis.onward import onward_from
from openanpr.search.analysis.questions import VehicleQuestion
from openanpr.search.analysis.sightings import Sighting
from openanpr.search.analysis.strength import Strength
from openanpr.search.analysis.vehicle_sheets import sighting
from openanpr.search.asked import Question
from openanpr.search.planner import plan
from openanpr.search.question import CommonQuestion, ConvoyQuestion, Place, SceneOf
from openanpr.search.services.finding import Found
from openanpr.search.services.look import Look
from openanpr.search.store.live import LivePart, row_of

_SAID: Final = (Strength.STRONG, Strength.MODERATE)
_FORTNIGHT: Final = timedelta(days=14)
_WHY: Final = "Measurement"


@dataclass(slots=True)
class Asker:
    """Asks as the product does, with a scope that allows everything."""

    owner: psycopg.Connection[Any]
    plants: Plants

    def ordinary(self, store: Store, count: int) -> list[str]:
        """Commuters of the traffic, none of whom was planted."""
        most = store.traffic.commuters
        return [mark_of(vehicle) for vehicle in range(PLANTED, min(most, PLANTED + count))]

    def company(self, ordinary: Iterable[str]) -> dict[str, Any]:
        """Those planted to travel together, and commuters, who travel with nobody."""
        planted: Counter[int] = Counter()
        found: Counter[tuple[int, Strength]] = Counter()
        false: Counter[Strength] = Counter()
        for one in self.plants.together:
            planted[one.journeys] += 1
            for company in self._look(self._convoy(one.leader)).company:
                if company.vrm == one.follower:
                    found[one.journeys, company.strength] += 1
                else:
                    false[company.strength] += 1
        asked = near = 0
        for vrm in ordinary:
            asked += 1
            answer = self._look(self._convoy(vrm))
            near += len(answer.company)
            false.update(one.strength for one in answer.company)
        said = {word: sum(found[many, word] for many in planted) for word in Strength}
        return {
            "planted": sum(planted.values()),
            "commuters_asked": asked,
            "marks_near_commuters_twice": near,
            "recall_by_journeys": {
                str(many): _share(sum(found[many, word] for word in _SAID), planted[many])
                for many in sorted(planted)
            },
            "recall": _share(sum(said[word] for word in _SAID), sum(planted.values())),
            "precision_strong": _share(
                said[Strength.STRONG], said[Strength.STRONG] + false[Strength.STRONG]
            ),
            "precision": _share(
                sum(said[word] for word in _SAID),
                sum(said[word] + false[word] for word in _SAID),
            ),
            "false_weak": false[Strength.WEAK],
            "false_moderate": false[Strength.MODERATE],
            "false_strong": false[Strength.STRONG],
        }

    def scenes(self) -> dict[str, Any]:
        """Vehicles planted at two or three scenes, among everybody who was there."""
        figures: dict[str, Any] = {}
        for many in (2, 3):
            cases = [one for one in self.plants.visited if len(one.scenes) == many]
            said = true = common = 0
            for one in cases:
                scenes = tuple(
                    SceneOf(
                        place=Place(camera_ids=cameras),
                        start=start,
                        end=start + timedelta(hours=1),
                    )
                    for cameras, start in one.scenes
                )
                question = CommonQuestion(scenes=scenes, at_least=many, days=14, reason=_WHY)
                comparison = self._look(question).comparison
                visitors = comparison.visitors if comparison else ()
                common += len(visitors)
                words = {visitor.vrm: visitor.strength for visitor in visitors}
                said += sum(word in _SAID for word in words.values())
                true += words.get(one.vrm) in _SAID
            figures[f"of_{many}"] = {
                "planted": len(cases),
                "marks_common": common,
                "recall": _share(true, len(cases)),
                "precision": _share(true, said),
            }
        return figures

    def second_plates(self, ordinary: Iterable[str]) -> dict[str, Any]:
        """Cloned plates, wrong clocks and commuters, whose plates nobody cloned."""
        planted: Counter[int] = Counter()
        found: Counter[int] = Counter()
        for one in self.plants.second:
            planted[one.days] += 1
            found[one.days] += self._second(one.vrm) in _SAID
        words = Counter(self._second(vrm) for vrm in ordinary)
        cloned = [days for days in planted if days]
        true = sum(found[days] for days in cloned)
        false = found[0] + sum(words[word] for word in _SAID)
        return {
            "cloned": sum(planted[days] for days in cloned),
            "wrong_clocks": planted[0],
            "ordinary_asked": sum(words.values()),
            "recall_by_days": {str(days): _share(found[days], planted[days]) for days in cloned},
            "recall": _share(true, sum(planted[days] for days in cloned)),
            "precision": _share(true, true + false),
            "false_of_clocks": found[0],
            "false_of_ordinary": false - found[0],
            "ordinary_weak": words[Strength.WEAK],
        }

    def onward(self, ordinary: Iterable[str]) -> dict[str, Any]:
        """What was said to be likeliest from earlier journeys, and how often it then was so."""
        stated: list[float] = []
        happened = cases = silent = 0
        for vrm in ordinary:
            journeys = journeys_of(self._reads(vrm, days=28))
            cut = len(journeys) * 3 // 4
            earlier, later = journeys[:cut], journeys[cut:]
            if not earlier or not later:
                continue
            starts = Counter(one.reads[0].camera_id for one in earlier if len(one.reads) > 1)
            if not starts:
                continue
            camera = starts.most_common(1)[0][0]
            estimate = onward_from(earlier, camera_id=camera)
            if not estimate.onward:
                silent += 1
                continue
            best = estimate.onward[0]
            for one in onward_from_each(later, camera):
                cases += 1
                stated.append(best.share)
                happened += one == best.camera_id
        return {
            "cases": cases,
            "vehicles_with_too_few": silent,
            "stated": _share(sum(stated), len(stated)),
            "happened": _share(happened, cases),
        }

    def _second(self, vrm: str) -> Strength:
        return tracks_of(self._reads(vrm, days=28), zone=UTC).strength

    def _reads(self, vrm: str, *, days: int) -> list[Sighting]:
        question = VehicleQuestion(
            kind=SearchKind.CLONES,
            vrm=vrm,
            start=self.plants.end - timedelta(days=days),
            end=self.plants.end,
            reason=_WHY,
        )
        return [_placed(sighting(read, None)) for read in self._look(question).reads]

    def _convoy(self, vrm: str) -> ConvoyQuestion:
        end = self.plants.end
        return ConvoyQuestion(vrm=vrm, start=end - _FORTNIGHT, end=end, at_least=2, reason=_WHY)

    def _look(self, question: Question) -> Found:
        scope = scope_of(question)
        return Look(question, scope, plan(scope), self._open).run()

    def _open(self, parts: Sequence[LivePart]) -> None:
        for part in parts:
            self.owner.execute(LIVE, {"id": part.id, **row_of(part)})


def onward_from_each(journeys: Iterable[Any], camera: int) -> list[int | None]:
    """The camera after each pass of this one; ``None`` where the journey ended there."""
    found: list[int | None] = []
    for journey in journeys:
        cameras = [one.camera_id for one in journey.reads]
        for number, one in enumerate(cameras):
            if one == camera:
                found.append(cameras[number + 1] if number + 1 < len(cameras) else None)
    return found


def _placed(one: Sighting) -> Sighting:
    latitude, longitude = position_of(one.camera_id)
    return replace(one, latitude=latitude, longitude=longitude)


def _share(part: float, of: float) -> float | None:
    return round(part / of, 3) if of else None
