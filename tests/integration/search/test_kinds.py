"""Every kind of search against a slow, plain reckoning over a small world of reads."""

import random
from collections import defaultdict
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest

from openanpr.access.vocabulary import Category, Rank, Role
from openanpr.audit.models import AuditEvent
from openanpr.investigations.models import AuthorisationGrant
from openanpr.investigations.services import authorisations
from openanpr.policy.queries import profile_in_force
from openanpr.search.models import SearchRun
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
from openanpr.search.services import run_search
from openanpr.search.store import Before
from openanpr.vrm import VrmPattern
from tests.factories.casework import REASON
from tests.factories.reads import a_read, store_reads

DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
TARGET = "OA30AAA"
MARKS = (
    *(TARGET, "0A30AAA", "OA3OAAA", "0A3OAAA", "OA30AAB", "OA30AA", "OA30AAAA", "QA30AAA"),
    *("OA31ABC", "KB82ZZX", "KB83AAB", "NL91AAO", "AO30AAA"),
)
AREAS = ("Northgate", "Northgate", "Quay", "Quay", "Moor")


class Sighting(NamedTuple):
    vrm: str
    at: datetime
    camera: int
    id: object


class World(list):
    """Every stored read, and the plain answers."""

    cameras: list

    def ids(self, wanted):
        rows = [one for one in self if wanted(one)]
        return [one.id for one in sorted(rows, key=lambda one: (one.at, one.id), reverse=True)]


@pytest.fixture
def world(casework):
    chance = random.Random(7)
    world = World()
    world.cameras = [casework.camera(number, area=area) for number, area in enumerate(AREAS, 1)]
    by_camera = defaultdict(list)
    for _ in range(240):
        vrm = chance.choice(MARKS)
        camera = chance.choice(world.cameras).id
        # Much of it lies close together, across several weeks and over the edge of a band.
        day = chance.choice([1, 1, 2, 9, 40, 100])
        at = casework.at - day * DAY + chance.randrange(0, 7200) * SECOND
        by_camera[camera].append(a_read(vrm, captured_at=at))
    for _ in range(6):
        start = casework.at - 3 * DAY + chance.randrange(0, 80000) * SECOND
        camera = chance.choice(world.cameras).id
        by_camera[camera].append(a_read(TARGET, captured_at=start))
        by_camera[camera].append(a_read("KB82ZZX", captured_at=start + 20 * SECOND))
    for camera, reads in by_camera.items():
        store_reads(reads, camera_id=camera)
        world += [Sighting(one.vrm, one.captured_at, camera, one.id) for one in reads]
    return world


@pytest.fixture
def ask(casework, world):
    ada = casework.person("ada", location_right=True)
    investigation = casework.investigation(ada)

    def ask(question, **options):
        result = run_search(
            author=casework.author(ada),
            question=question,
            investigation=options.pop("investigation", investigation),
            at=casework.at,
            **options,
        )
        # What was kept asks the same again.
        kept = result.run
        again = question_of(
            kept.kind, kept.question, start=question.start, end=question.end, reason=REASON
        )
        assert again.as_query() == question.as_query()
        return result

    return ask


def ids(result):
    return [read.id for read in result.reads]


def period(casework, days=60):
    return {"start": casework.at - days * DAY, "end": casework.at, "reason": REASON}


def around(mark):
    """Whether one character changed, left out or put in makes the one of the other."""

    def near(other):
        if len(mark) == len(other):
            return sum(a != b for a, b in zip(mark, other, strict=True)) <= 1
        short, long = sorted((mark, other), key=len)
        return len(long) == len(short) + 1 and any(
            long[:place] + long[place + 1 :] == short for place in range(len(long))
        )

    return near


def test_marks_their_look_alikes_and_their_misreads(casework, world, ask):
    since = period(casework)["start"]
    alike = {"OA30AAA", "0A30AAA", "OA3OAAA", "0A3OAAA"}
    plain = MarkQuestion(vrm=TARGET, look_alikes=False, **period(casework))
    assert ids(ask(plain)) == world.ids(lambda one: one.vrm == TARGET and one.at >= since)
    folded = MarkQuestion(vrm=TARGET, **period(casework))
    assert ids(ask(folded)) == world.ids(lambda one: one.vrm in alike and one.at >= since)
    misread = MarkQuestion(vrm=TARGET, misreads=True, **period(casework))
    near = around(TARGET)
    expected = world.ids(lambda one: (near(one.vrm) or one.vrm in alike) and one.at >= since)
    assert ids(ask(misread)) == expected
    assert len({one.vrm for one in world if near(one.vrm)}) > 4
    several = MarksQuestion(
        vrms=frozenset({TARGET, "KB82ZZX"}), look_alikes=False, **period(casework)
    )
    wanted = several.vrms
    assert ids(ask(several)) == world.ids(lambda one: one.vrm in wanted and one.at >= since)


@pytest.mark.parametrize("pattern", ["OA3*", "*0AAA", "O?30AA?", "K*8?*A*", "*A3*A*", "XYZ*"])
def test_part_of_a_mark(casework, world, ask, pattern):
    fits = VrmPattern.parse(pattern).matches
    since = period(casework)["start"]
    result = ask(PartQuestion(pattern=pattern, **period(casework)))
    assert ids(result) == world.ids(lambda one: fits(one.vrm) and one.at >= since)
    assert {one.vrm for one in result.found.marks} == {
        one.vrm for one in world if fits(one.vrm) and one.at >= since
    }


def test_cameras_and_areas_over_a_window(casework, world, ask):
    start = casework.at - DAY
    two = frozenset(camera.id for camera in world.cameras[1:3])
    span = {"start": start, "end": start + HOUR, "reason": REASON}

    def within(one):
        return start <= one.at < start + HOUR

    by_camera = ask(PlaceQuestion(place=Place(camera_ids=two), **span))
    assert ids(by_camera) == world.ids(lambda one: within(one) and one.camera in two)
    by_area = ask(PlaceQuestion(place=Place(areas=frozenset({"Quay"})), **span))
    quay = {camera.id for camera in world.cameras[2:4]}
    assert ids(by_area) == world.ids(lambda one: within(one) and one.camera in quay)
    assert ids(by_area)


def test_pages_follow_each_other_and_lose_nothing(casework, world, ask, superuser):
    superuser.execute(
        "update profile_version set toml = replace(toml, 'search_rows = 1000', 'search_rows = 7')"
    )
    superuser.execute(
        "update profile_version set digest = encode(sha256(convert_to(toml, 'UTF8')), 'hex')"
    )
    question = PartQuestion(pattern="?A30*", **period(casework))
    seen, before, first = [], None, None
    while True:
        page = ask(question, before=before, continues=first)
        seen += ids(page)
        first = first or page.run
        if not page.truncated:
            break
        last = page.reads[-1]
        before = Before(last.captured_at, last.id)
    fits = VrmPattern.parse("?A30*").matches
    assert seen == world.ids(lambda one: fits(one.vrm) and one.at >= question.start)
    assert len(seen) > 14


def test_marks_common_to_scenes(casework, world, ask):
    scenes = tuple(
        SceneOf(
            place=Place(camera_ids=frozenset(camera.id for camera in cameras)),
            start=casework.at - days * DAY,
            end=casework.at - days * DAY + 2 * HOUR,
        )
        for days, cameras in ((1, world.cameras[:2]), (2, world.cameras[1:]), (9, world.cameras))
    )
    result = ask(CommonQuestion(scenes=scenes, at_least=3, reason=REASON))
    visited = defaultdict(dict)
    for one in world:
        for number, scene in enumerate(scenes):
            if scene.start <= one.at < scene.end and one.camera in scene.place.camera_ids:
                visited[one.vrm].setdefault(number, set()).add(one.id)
    expected = {vrm: seen for vrm, seen in visited.items() if len(seen) == 3}
    found = {
        mark.vrm: {
            number: {read.id for scene, read in mark.visits if scene == number}
            for number in mark.scenes
        }
        for mark in result.found.common
    }
    assert found == expected
    assert expected


def test_company_on_the_road(casework, world, ask):
    within = 60 * SECOND
    question = ConvoyQuestion(vrm=TARGET, within=within, at_least=3, **period(casework, 7))
    result = ask(question)
    passes = [one for one in world if one.vrm == TARGET and one.at >= question.start]
    met = defaultdict(set)
    for one in world:
        for number, own in enumerate(passes):
            close = abs(one.at - own.at) <= within and one.camera == own.camera
            if close and one.vrm != TARGET:
                met[one.vrm].add(number)
    expected = {vrm: len(seen) for vrm, seen in met.items() if len(seen) >= 3}
    assert {one.vrm: len(one.meetings) for one in result.found.companions} == expected
    assert "KB82ZZX" in expected
    assert {read.id for read in result.found.passes} == {one.id for one in passes}


@pytest.mark.security
def test_what_is_shown_of_any_kind_is_in_the_audit(casework, world, ask):
    ask(ConvoyQuestion(vrm=TARGET, **period(casework, 7)))
    asked = AuditEvent.objects.get(verb="search.run")
    shown = AuditEvent.objects.get(verb="search.result")
    assert asked.payload["kind"] == "convoy"
    assert asked.payload["companions_of"] == TARGET
    assert shown.payload["rows"] == len(shown.payload["read_ids"]) > 6
    assert TARGET not in str(shown.payload)
    run = SearchRun.objects.get()
    assert (run.kind, run.vrm, run.rows) == ("convoy", TARGET, shown.payload["rows"])


@pytest.mark.security
def test_a_grant_for_one_mark_opens_only_that_of_what_fits(casework, world, ask):
    ada = casework.person("eve")
    boss = casework.person(
        "boss", roles=(Role.AUTHORISER,), rank=Rank.INSPECTOR, unit=casework.other_unit
    )
    investigation = casework.investigation(ada, reference="FX/2026/009", category=Category.MAJOR)
    asked = authorisations.request_authorisation(
        author=casework.author(ada),
        investigation=investigation,
        necessity=REASON,
        proportionality=REASON,
        period_from=casework.at - 120 * DAY,
        period_to=casework.at - 90 * DAY,
        vrms=["OA30AAB"],
        days=7,
        at=casework.at,
    )
    authorisations.grant(
        author=casework.author(boss),
        asked=asked,
        reason=REASON,
        profile=profile_in_force(at=casework.at),
        at=casework.at,
    )
    assert AuthorisationGrant.objects.exists()
    result = run_search(
        author=casework.author(ada),
        question=PartQuestion(
            pattern="OA3*",
            start=casework.at - 110 * DAY,
            end=casework.at - 95 * DAY,
            reason=REASON,
        ),
        investigation=investigation,
        at=casework.at + SECOND,
    )
    old = casework.at - 95 * DAY
    assert ids(result) == world.ids(lambda one: one.vrm == "OA30AAB" and one.at < old)
    assert "outside-authorisation" in result.decision.withheld_reasons
