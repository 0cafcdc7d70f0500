"""Every kind of question is kept as facts and asked again as it was."""

from datetime import UTC, datetime, timedelta

import pytest

from openanpr.access.kinds import HOUSE
from openanpr.access.vocabulary import SearchKind
from openanpr.search.analysis.forms import ANALYSES
from openanpr.search.analysis.questions import (
    COMBINING,
    LinkedQuestion,
    RouteQuestion,
    VehicleQuestion,
)
from openanpr.search.analysis.views import PAGES
from openanpr.search.question import (
    CommonQuestion,
    ConvoyQuestion,
    MarkQuestion,
    MarksQuestion,
    PartQuestion,
    Place,
    PlaceQuestion,
    SceneOf,
    question_of,
)

END = datetime(2026, 9, 7, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WHEN = {"start": END - DAY, "end": END, "reason": "Asked by a test of questions"}
NORTH, QUAY = Place(camera_ids=frozenset({1, 2})), Place(camera_ids=frozenset({3}))
SCENES = (
    SceneOf(place=NORTH, start=END - DAY, end=END - DAY + HOUR),
    SceneOf(place=QUAY, start=END - HOUR, end=END),
)
QUESTIONS = [
    MarkQuestion(vrm="OA30AAA", **WHEN),
    MarkQuestion(vrm="OA30AAA", misreads=True, **WHEN),
    MarksQuestion(vrms=frozenset({"OA30AAA", "OA30AAB"}), **WHEN),
    PartQuestion(pattern="OA3*", **WHEN),
    PlaceQuestion(place=NORTH, **WHEN),
    CommonQuestion(scenes=SCENES, days=7, reason=WHEN["reason"]),
    ConvoyQuestion(vrm="OA30AAA", within=timedelta(seconds=30), at_least=4, **WHEN),
    LinkedQuestion(vrms=frozenset({"OA30AAA"}), scene=SCENES[1], **WHEN),
    RouteQuestion(places=(NORTH, QUAY), within=timedelta(minutes=20), **WHEN),
    *(
        VehicleQuestion(kind=kind, vrm="OA30AAA", look_alikes=False, **WHEN)
        for kind in (SearchKind.MOVEMENTS, SearchKind.CLONES, SearchKind.ONWARD)
    ),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.kind.value)
def test_what_was_kept_asks_the_same_again(question):
    again = question_of(
        question.kind.value,
        question.facts(),
        start=question.start,
        end=question.end,
        reason=question.reason,
    )
    assert again == question
    assert again.as_query() == question.as_query()
    later = question.over(END - 2 * HOUR, END)
    assert later.start >= question.start
    assert later.end == END


def test_every_kind_has_a_question_and_every_combination_a_form_and_a_page():
    assert {one.kind for one in QUESTIONS} == set(SearchKind) == set(HOUSE)
    assert set(ANALYSES) == {kind.value for kind in COMBINING}
    assert set(PAGES) == COMBINING


def test_days_that_touch_a_scene_are_not_compared():
    same = (SCENES[0], SceneOf(place=NORTH, start=END - 3 * DAY, end=END - 3 * DAY + HOUR))
    question = CommonQuestion(scenes=same, days=4, reason="x")
    assert len(question.compared) == 3
    assert len(question.windows) == 2 * 4
    apart = CommonQuestion(scenes=SCENES, days=4, reason="x")
    assert len(apart.compared) == 4
    assert apart.start == END - 5 * DAY
