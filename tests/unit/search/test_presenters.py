"""Places of a result: counted once each, and none that may not be known."""

from dataclasses import replace
from datetime import UTC, datetime

from openanpr.search.presenters import ReadLine, map_of, places_of
from openanpr.search.question import MarkQuestion

AT = datetime(2026, 1, 1, tzinfo=UTC)
LINE = ReadLine(
    captured_at=AT,
    vrm="OA30AAA",
    raw_vrm="",
    confidence="90%",
    area="Northgate",
    site="Mill Bridge",
    direction="",
    late=False,
    latitude=51.5,
    longitude=0.25,
    patch="",
    overview="",
    awaited=False,
)


def test_each_place_stands_once_with_its_number_of_reads():
    other = replace(LINE, site="Quay", latitude=51.6)
    places = places_of([LINE, other, LINE])
    assert [(place.name, place.reads) for place in places] == [("Mill Bridge", 2), ("Quay", 1)]
    first = map_of(places)["features"][0]
    assert first["geometry"]["coordinates"] == [0.25, 51.5]
    assert first["properties"]["label"] == "Mill Bridge: 2"


def test_a_place_that_may_not_be_known_is_not_on_the_map():
    assert places_of([replace(LINE, site="", latitude=None, longitude=None)]) == []


def test_a_question_names_every_look_alike_or_the_mark_alone():
    asked = MarkQuestion(vrm="OA1", start=AT, end=AT, reason="")
    assert asked.marks == {"OA1", "0A1", "OAI", "0AI"}
    alone = MarkQuestion(vrm="OA1", start=AT, end=AT, reason="", look_alikes=False)
    assert alone.marks == {"OA1"}
    assert alone.as_query().vrms == {"OA1"}
