"""Reads near sensitive places: which stay closed to which search, and for how long."""

import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.unit.access.people import AT, actor, grant, investigation, query

from openanpr.access.decide import decide_search
from openanpr.access.near import NearRule
from openanpr.access.profile import Span
from openanpr.access.profiles import ProfileError, load_profile, parse_profile, shipped_toml
from openanpr.access.vocabulary import Category, PlaceKind, Rank, Role, SearchKind

ROWS = tomllib.loads(
    (Path(__file__).parent / "tables" / "near-places.toml").read_text(encoding="utf-8")
)["row"]
CLINIC = NearRule(
    within_metres=250,
    searches=frozenset({SearchKind.MARK}),
    categories=frozenset({Category.SERIOUS, Category.MAJOR}),
    lowest_rank=Rank.SUPERINTENDENT,
    pictures=False,
    open_for=Span(days=30),
)
SCHOOL = replace(
    CLINIC, categories=frozenset(Category), lowest_rank=None, pictures=True, open_for=None
)
PROFILE = replace(
    load_profile("essex-2y"), near={PlaceKind.CLINIC: CLINIC, PlaceKind.SCHOOL: SCHOOL}
)
DAY = timedelta(days=1)


def decided(row: dict[str, Any]) -> Any:
    wanted: dict[str, Any] = {"kind": SearchKind(row["kind"])}
    if row["kind"] == "place":
        wanted |= {"vrm": "nothing", "start": AT - timedelta(hours=20)}
        wanted["camera_areas"] = row.get("areas", ["North"])
    if "days" in row:
        first, last = row["days"]
        wanted |= {"start": AT - first * DAY, "end": AT - last * DAY}
    given = dict(row.get("grant", {}))
    if given.get("expires_at") == "past":
        given["expires_at"] = AT - timedelta(hours=1)
    return decide_search(
        actor=actor(roles=[Role.ANALYST]),
        query=query(**wanted),
        investigation=investigation(category=row["category"]),
        grants=(grant(**given),) if "grant" in row else (),
        profile=PROFILE,
        at=AT,
    )


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_what_stays_closed(row):
    decision = decided(row)
    assert decision.scope is not None
    assert [sorted(part.closed_near) for part in decision.scope.parts] == [row["closed"]]


def test_a_period_is_cut_where_reads_near_a_place_close():
    decision = decided({"kind": "mark", "category": "major", "days": [40, 20]})
    older, younger = decision.scope.parts
    assert (older.closed_near, younger.closed_near) == ({PlaceKind.CLINIC}, frozenset())
    assert older.end == younger.start
    assert older.end <= AT - 30 * DAY + timedelta(microseconds=1)


def test_pictures_near_a_place_without_pictures_are_named_in_the_scope():
    assert decided(ROWS[0]).scope.no_pictures_near == {PlaceKind.CLINIC}


def test_a_profile_that_says_nothing_of_a_kind_limits_nothing_near_it():
    decision = decide_search(
        actor=actor(),
        query=query(),
        investigation=investigation(),
        grants=(),
        profile=replace(PROFILE, near={}),
        at=AT,
    )
    assert decision.scope is not None
    assert {part.closed_near for part in decision.scope.parts} == {frozenset()}
    assert decision.scope.no_pictures_near == frozenset()


@pytest.mark.parametrize("name", ["essex-2y", "example-12m"])
def test_the_profiles_that_come_with_it_have_a_rule_for_every_kind(name):
    assert set(load_profile(name).near) == set(PlaceKind)


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("within_metres = 250", "within_metres = 0", "within_metres"),
        ('authorised_by = "superintendent"', 'authorised_by = "wizard"', "authorised_by"),
        ("open_days = 90", "open_days = 0", "open_days"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(before, after, complaint):
    toml = shipped_toml("essex-2y")
    assert before in toml[toml.index("[near.clinic]") :]
    head, _, tail = toml.partition("[near.clinic]")
    with pytest.raises(ProfileError, match=complaint):
        parse_profile(head + "[near.clinic]" + tail.replace(before, after, 1), source="x")
