"""The live searches of analysis, attacked alone: none reaches further than its audited question."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import Error, transaction

from openanpr.access.vocabulary import SearchKind
from openanpr.search import store
from openanpr.search.analysis.questions import LinkedQuestion, RouteQuestion, VehicleQuestion
from openanpr.search.planner import Planned
from openanpr.search.question import ConvoyQuestion, Place, SceneOf
from openanpr.search.services import SearchStoppedError, run_search
from openanpr.search.services import look as look_module
from tests.factories.casework import MARK, OTHER_MARK, REASON

pytestmark = pytest.mark.security
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def questions(at):
    place = Place(areas=frozenset({"Northgate"}))
    day = {"start": at - DAY, "end": at, "reason": REASON}
    return {
        SearchKind.MOVEMENTS: VehicleQuestion(kind=SearchKind.MOVEMENTS, vrm=MARK, **day),
        SearchKind.CLONES: VehicleQuestion(kind=SearchKind.CLONES, vrm=MARK, **day),
        SearchKind.ONWARD: VehicleQuestion(kind=SearchKind.ONWARD, vrm=MARK, **day),
        SearchKind.LINKED: LinkedQuestion(
            vrms=frozenset({MARK}),
            scene=SceneOf(place=place, start=at - HOUR, end=at),
            **day,
        ),
        SearchKind.ROUTE: RouteQuestion(places=(place, place), **day),
    }


@pytest.mark.parametrize(
    "kind",
    [SearchKind.MOVEMENTS, SearchKind.CLONES, SearchKind.ONWARD, SearchKind.LINKED],
)
@pytest.mark.parametrize("vrms", [None, frozenset({OTHER_MARK})])
def test_no_other_mark_is_opened(casework, stored, monkeypatch, kind, vrms):
    refused = _opened_wider(casework, stored, monkeypatch, kind, {"vrms": vrms})
    assert "further than its audited decision" in refused


def test_a_route_opens_no_other_camera(casework, stored, monkeypatch):
    refused = _opened_wider(casework, stored, monkeypatch, SearchKind.ROUTE, {"camera_ids": None})
    assert "further than its audited decision" in refused


def _opened_wider(casework, stored, monkeypatch, kind, changes):
    """What the database says where the program opens more than was decided."""
    casework.camera(1)
    at = casework.at
    stored.add(MARK, at - HOUR)
    said = []
    real = store.open_live_searches

    def wider(parts, **who):
        try:
            with transaction.atomic():
                real([replace(part, **changes) for part in parts], **who)
        except Error as problem:
            said.append(str(problem))

    monkeypatch.setattr(look_module.store, "open_live_searches", wider)
    ada = casework.person("ada")
    result = run_search(
        author=casework.author(ada),
        question=questions(at)[kind],
        investigation=casework.investigation(ada),
        at=at,
    )
    assert result.decision.allowed
    assert result.reads == ()
    assert len(said) == 1
    return said[0]


def test_company_is_weighed_for_marks_that_were_near_and_no_others(casework, stored, monkeypatch):
    """The third look names marks; one that was never near the vehicle is refused."""
    casework.camera(1)
    at = casework.at
    for days in (1, 2, 3):
        stored.add(MARK, at - days * DAY)
        stored.add(OTHER_MARK, at - days * DAY + timedelta(seconds=20))
        stored.add("OA32AAC", at - days * DAY + timedelta(minutes=10))
    ada = casework.person("ada")
    asked = {
        "author": casework.author(ada),
        "question": ConvoyQuestion(vrm=MARK, start=at - 5 * DAY, end=at, reason=REASON),
        "investigation": casework.investigation(ada),
        "at": at,
    }
    assert [one.vrm for one in run_search(**asked).found.company] == [OTHER_MARK]
    real = Planned.of_companions

    def wider(self, near, vrms, windows):
        return real(self, near, {*vrms, "OA32AAC"}, windows)

    monkeypatch.setattr(Planned, "of_companions", wider)
    with pytest.raises(SearchStoppedError) as refused:
        run_search(**asked)
    assert "further than its audited decision" in str(refused.value.__cause__)
