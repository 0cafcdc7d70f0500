"""Analysis at its pages: what stands out is shown with its limits, what traffic explains is not."""

from datetime import timedelta

import pytest
from django.urls import reverse

from openanpr.access.vocabulary import Role
from openanpr.audit.models import AuditEvent
from openanpr.search.models import SavedSearch, SearchRun
from tests.factories.accounts import client_as
from tests.factories.cameras import make_camera, make_site
from tests.factories.casework import MARK, REASON
from tests.factories.reads import a_read, store_reads
from tests.functional.search.test_journey import moment

DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
FRIEND, COMMUTER, TWICE, RESIDENT = "OA32AAC", "OA33AAD", "OA34AAE", "OA35AAF"


@pytest.fixture
def ada(casework):
    return casework.person("ada", mfa=True, location_right=True)


@pytest.fixture
def client(ada):
    return client_as(ada)


@pytest.fixture
def investigation(casework, ada):
    return casework.investigation(ada)


def analyse(client, kind, investigation, at, **fields):
    values = {
        "investigation": str(investigation.id),
        "reason": REASON,
        **moment("period_from", at - 13 * DAY),
        **moment("period_to", at + timedelta(minutes=1)),
        **fields,
    }
    return client.post(reverse("search_analysis", kwargs={"kind": kind}), values)


def drive(vrm, starts, *, cameras, after=0):
    for place, camera in enumerate(cameras):
        reads = [
            a_read(vrm, captured_at=start + place * 300 * SECOND + after * SECOND)
            for start in starts
        ]
        store_reads(reads, camera_id=camera.id)


@pytest.fixture
def road(casework):
    """Six journeys of the vehicle at odd hours, with a friend; one commuter of its own hours."""
    cameras = [casework.camera(number) for number in (1, 2, 3)]
    starts = [casework.at - (2 * day + 1) * DAY - 37 * day * 60 * SECOND for day in range(6)]
    drive(MARK, starts, cameras=cameras)
    drive(FRIEND, starts, cameras=cameras, after=20)
    jitter = [0, 900, -900, 300, 600, -600]
    shifted = [start + gap * SECOND for start, gap in zip(starts, jitter, strict=True)]
    drive(COMMUTER, shifted, cameras=cameras)
    return cameras


def test_a_friend_is_found_and_a_commuter_is_not_named(casework, road, client, investigation):
    page = analyse(
        client, "convoy", investigation, casework.at, vrm=MARK, within="60", at_least="3"
    )
    assert page.status_code == 200
    text = page.text
    assert "1 mark found" in text
    assert "OA32 AAC" in text
    assert "Strong" in text
    assert "6 of 6" in text
    assert "20 s after" in text
    assert "Secret Bridge 1" in text
    assert "OA33" not in text
    assert "Not shown of these: 1." in text
    assert "Company is not association" in text
    assert "3 cameras could be searched" in text
    verbs = list(AuditEvent.objects.filter(verb__startswith="search.").values_list("verb"))
    assert verbs == [("search.run",), ("search.combine",), ("search.result",)]
    combined = AuditEvent.objects.get(verb="search.combine")
    assert combined.payload == {"kind": "convoy", "method": "company-1"}
    shown = AuditEvent.objects.get(verb="search.result")
    assert shown.payload["rows"] == 18 + 18
    run = SearchRun.objects.get()
    assert client.get(reverse("search_export", kwargs={"run_id": run.id})).status_code == 404


@pytest.mark.security
def test_a_searcher_may_not_combine(casework, road):
    ben = casework.person("ben", roles=(Role.SEARCHER,), mfa=True)
    asked = ("convoy", casework.investigation(ben), casework.at)
    page = analyse(client_as(ben), *asked, vrm=MARK, within="60", at_least="3")
    assert page.status_code == 403
    assert "This analysis is refused" in page.text
    assert "searches.convoy.roles" in page.text
    assert FRIEND[:4] not in page.text
    assert not AuditEvent.objects.filter(verb="search.combine").exists()


@pytest.fixture
def scenes(casework):
    """Two scenes; one mark comes to both and on no other day, another is there on every day."""
    here, there = casework.camera(1), casework.camera(2, area="Quay")
    first, second = casework.at - 3 * DAY, casework.at - 2 * DAY - 5 * HOUR
    for moved in range(15):
        for camera, start in ((here, first), (there, second)):
            day = start - moved * DAY + 600 * SECOND
            reads = [a_read(RESIDENT, captured_at=day)]
            if not moved:
                reads.append(a_read(TWICE, captured_at=day))
            store_reads(reads, camera_id=camera.id)
    return {
        "place1": "area:Northgate",
        "place2": f"camera:{there.id}",
        **moment("from1", first),
        **moment("to1", first + HOUR),
        **moment("from2", second),
        **moment("to2", second + HOUR),
        "at_least": "2",
        "days": "14",
    }


def test_marks_common_to_two_scenes_are_compared_with_other_days(
    casework, scenes, client, investigation
):
    page = analyse(client, "common", investigation, casework.at, **scenes)
    assert page.status_code == 200
    text = page.text
    assert "2 marks found" in text
    assert text.index("OA34 AAE") < text.index("OA35 AAF")
    assert "0 of 14" in text
    assert "14 of 14" in text
    assert "Moderate" in text
    assert "Explained by normal traffic" in text
    assert "1 mark that came on no other day" in text
    assert "it may be up to 0.21" in text
    page = analyse(client, "common", investigation, casework.at, **scenes | {"days": "0"})
    assert "Not compared" in page.text
    assert "No other day was compared" in page.text
    again = SearchRun.objects.latest("asked_at")
    client.post(reverse("search_save", kwargs={"run_id": again.id}), {"name": "Both"})
    saved = SavedSearch.objects.get()
    page = client.post(reverse("search_again", kwargs={"saved_id": saved.id}))
    assert "2 marks found" in page.text


def test_hours_compared_count_towards_the_hours_of_one_search(
    casework, scenes, client, investigation
):
    longer = moment("to1", casework.at - 3 * DAY + 3 * HOUR)
    page = analyse(client, "common", investigation, casework.at, **scenes | longer)
    assert page.status_code == 403
    assert "searches.common.longest_hours" in page.text


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"place2": ""}, "Choose the place of scene 2"),
        ({"place3": "area:Quay"}, "Give when scene 3 began and ended"),
        ({"at_least": "3"}, "Give at least so many scenes"),
        ({"place2": "", "corners2": "1, 1\n1, 2\n2, 2"}, "No camera that you may search"),
        ({"place2": "", "corners2": "1, 1"}, "three corners"),
    ],
)
def test_a_bad_form_of_scenes(casework, scenes, client, investigation, changed, complaint):
    page = analyse(client, "common", investigation, casework.at, **scenes | changed)
    assert page.status_code == 422
    assert complaint in page.text
    assert not SearchRun.objects.exists()


@pytest.mark.security
def test_without_the_location_right_scenes_are_areas(casework, scenes):
    ben = casework.person("ben", mfa=True)
    client = client_as(ben)
    form = client.get(reverse("search_analysis", kwargs={"kind": "common"})).text
    assert "area:Northgate" in form
    assert "camera:" not in form
    assert "corners" not in form
    areas = scenes | {"place2": "area:Quay"}
    page = analyse(client, "common", casework.investigation(ben), casework.at, **areas)
    assert "2 marks found" in page.text
    assert "Secret Bridge" not in page.text


def test_an_unknown_analysis_is_no_page(client):
    assert client.get(reverse("search_analysis", kwargs={"kind": "horoscope"})).status_code == 404
    assert "Vehicles that travel with one" in client.get(reverse("search")).text


def test_journeys_pauses_and_areas(casework, road, client, investigation):
    page = analyse(client, "movements", investigation, casework.at, vrm=MARK)
    assert page.status_code == 200
    text = page.text
    assert "6 journeys" in text
    assert "First and last in each area" in text
    assert "<svg" in text
    assert "Secret Bridge 2" in text
    assert "A plate is not a driver" in text
    run = SearchRun.objects.get()
    assert client.get(reverse("search_run", kwargs={"run_id": run.id})).status_code == 200
    assert AuditEvent.objects.get(verb="search.combine").payload["method"] == "journeys-1"


@pytest.mark.security
def test_distances_are_vague_without_the_location_right(casework, road):
    ben = casework.person("ben", mfa=True)
    asked = ("movements", casework.investigation(ben), casework.at)
    text = analyse(client_as(ben), *asked, vrm=MARK).text
    assert "Under 10 km" in text
    assert "Secret Bridge" not in text
    assert "data-map" not in text


def test_a_second_plate_is_told_with_what_else_it_may_be(casework, client, investigation):
    here = casework.camera(1)
    far = make_camera(number=2, site=make_site("S2", latitude=53.9), area_name="Quay")
    for days in (1, 2, 3):
        moments = (casework.at - days * DAY, casework.at - days * DAY + 300 * SECOND)
        for camera, at in zip((here, far), moments, strict=True):
            store_reads([a_read(MARK, captured_at=at)], camera_id=camera.id)
    text = analyse(client, "clones", investigation, casework.at, vrm=MARK).text
    assert "Two vehicles may bear this mark" in text
    assert "strong" in text
    assert "Another vehicle whose mark is often read as this one" in text
    text = analyse(client, "clones", investigation, casework.at, vrm=FRIEND).text
    assert "No second vehicle stands out" in text
    assert "Every read can have been made by one vehicle" in text


def test_the_next_camera_is_estimated_from_enough_or_not_at_all(casework, client, investigation):
    cameras = [casework.camera(number) for number in (1, 2)]
    starts = [casework.at - (number + 1) * DAY for number in range(11)]
    drive(MARK, starts, cameras=cameras)
    store_reads([a_read(MARK, captured_at=casework.at - HOUR)], camera_id=cameras[0].id)
    text = analyse(client, "onward", investigation, casework.at, vrm=MARK).text
    assert "100% of 11 times it went one way" in text
    assert "74% to 100%" in text
    few = moment("period_from", casework.at - 5 * DAY)
    text = analyse(client, "onward", investigation, casework.at, vrm=MARK, **few).text
    assert "Too few journeys to say" in text
    assert "Fewer than 10 say nothing" in text
    text = analyse(client, "onward", investigation, casework.at, vrm=RESIDENT).text
    assert "Nothing can be said" in text


def test_vehicles_along_a_route_in_their_order(casework, client, investigation):
    cameras = [casework.camera(1), casework.camera(2, area="Quay")]
    start = casework.at - 3 * HOUR
    drive(TWICE, [start], cameras=cameras)
    drive(RESIDENT, [start], cameras=cameras[::-1])
    route = {"place1": "area:Northgate", "place2": f"camera:{cameras[1].id}", "minutes": "30"}
    route |= moment("period_from", start - HOUR)
    text = analyse(client, "route", investigation, casework.at, **route).text
    assert "1 mark found" in text
    assert "OA34 AAE" in text
    assert "OA35" not in text
    assert AuditEvent.objects.get(verb="search.result").payload["rows"] == 2
    page = analyse(client, "route", investigation, casework.at, **route | {"place2": ""})
    assert "Choose two places or more" in page.text
