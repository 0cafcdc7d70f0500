"""The other kinds of search at their pages: part of a mark, several, a place; pages; saved ones."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from openanpr.audit.models import AuditEvent
from openanpr.audit.services import AuditActor
from openanpr.cameras.models import Camera, CameraGap
from openanpr.reads.corrections import Finding, ReadKey, Source, correct_read, verdict_on
from openanpr.search import pages
from openanpr.search.models import SavedSearch, SearchRun
from tests.factories.accounts import client_as
from tests.factories.casework import MARK, OTHER_MARK, REASON
from tests.factories.reads import a_read, store_reads
from tests.functional.search.test_journey import moment, search_form

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def ada(casework):
    return casework.person("ada", mfa=True, location_right=True)


@pytest.fixture
def client(ada):
    return client_as(ada)


@pytest.fixture
def investigation(casework, ada):
    return casework.investigation(ada)


def ask(client, kind, form):
    form = {name: value for name, value in form.items() if name not in ("vrm", "look_alikes")}
    return client.post(reverse("search_kind", kwargs={"kind": kind}), form)


def test_part_of_a_mark_and_its_misreads(casework, client, investigation):
    camera = casework.camera()
    read = {"captured_at": casework.at - DAY}
    store_reads(
        [
            a_read(MARK, **read),
            a_read("QA30AAA", alternatives=({"vrm": MARK, "confidence": 0.31},), **read),
            a_read(OTHER_MARK, **read),
        ],
        camera_id=camera.id,
    )
    form = search_form(investigation, casework.at)
    page = ask(client, "part", form | {"pattern": "?a30*"})
    assert "2 reads found" in page.text
    assert "QA30AAA" in page.text.replace(" ", "")
    page = client.post(reverse("search"), form | {"misreads": "on"})
    assert "31%: the reader&#39;s second thought" in page.text
    assert "97%: read so" in page.text
    assert page.text.index("97%: read so") < page.text.index("31%: the reader")


@pytest.mark.parametrize(
    ("kind", "fields", "complaint"),
    [
        ("part", {"pattern": "a!"}, "letters, digits"),
        ("part", {"pattern": "OA30AAA"}, "whole mark"),
        ("marks", {"marks": "OA30AAA\n\nno mark!"}, "Line 3: no registration mark"),
        ("marks", {}, "Give marks, or a file"),
        ("place", {}, "Choose areas or cameras"),
        ("place", {"corners": "51.7, 0.4\n51.8"}, "Line 2 is no point"),
        ("place", {"corners": "51.7, 0.4\n51.8, 0.4"}, "three corners"),
        ("place", {"corners": "251.7, 0.4\n51.8, 0.4\n51.8, 0.5"}, "Line 1 lies nowhere"),
    ],
)
def test_a_bad_form_of_another_kind(casework, client, investigation, kind, fields, complaint):
    page = ask(client, kind, search_form(investigation, casework.at, **fields))
    assert page.status_code == 422
    assert complaint in page.text
    assert not SearchRun.objects.exists()


def test_two_characters_are_refused_with_the_rule(casework, client, investigation):
    page = ask(client, "part", search_form(investigation, casework.at, pattern="OA*"))
    assert page.status_code == 403
    assert "searches.part.least_characters" in page.text


def test_several_marks_from_a_file(casework, stored, client, investigation):
    stored.add(MARK, casework.at - DAY)
    stored.add(OTHER_MARK, casework.at - DAY)
    stored.add("KB82ZZX", casework.at - DAY)
    text = f"vrm;colour\r\n{MARK.lower()};red\r\n=cmd,1\r\n"
    file = SimpleUploadedFile("marks.csv", text.encode())
    form = search_form(investigation, casework.at, file=file)
    assert "Line 3: no registration mark" in ask(client, "marks", form).text
    file = SimpleUploadedFile(
        "marks.csv", f"\ufeffvrm\n{MARK}\n{OTHER_MARK[:4]} {OTHER_MARK[4:]}".encode()
    )
    page = ask(client, "marks", search_form(investigation, casework.at, file=file))
    assert "2 reads found" in page.text
    assert SearchRun.objects.get().question["vrms"] == [MARK, OTHER_MARK]


def test_a_place_by_areas_cameras_and_corners(casework, stored, client, investigation):
    north, quay = casework.camera(1), casework.camera(2, area="Quay")
    start = casework.at - 2 * HOUR
    stored.add(MARK, start + HOUR / 2, camera_id=north.id)
    stored.add(OTHER_MARK, start + HOUR / 2, camera_id=quay.id)
    around = "51.7, 0.4\n51.8 0.4\n51.8, 0.6\n51.7, 0.6"
    for fields, found in (
        ({"areas": ["Quay"]}, 1),
        ({"cameras": [str(north.id)]}, 1),
        ({"cameras": [str(north.id)], "areas": ["Quay"]}, 2),
        ({"corners": around}, 2),
    ):
        form = search_form(investigation, casework.at, **fields, **moment("period_from", start))
        page = ask(client, "place", form)
        assert f"{found} read{'' if found == 1 else 's'} found" in page.text, fields


@pytest.mark.security
def test_without_the_location_right_only_areas_are_offered_and_taken(casework, stored):
    ben = casework.person("ben", mfa=True)
    camera, _ = casework.camera(1), casework.camera(3, area="Hidden", sensitive=True)
    stored.add(MARK, casework.at - HOUR / 2, camera_id=camera.id)
    client = client_as(ben)
    page = client.get(reverse("search_kind", kwargs={"kind": "place"})).text
    assert "Northgate" in page
    assert "Hidden" not in page
    assert 'name="cameras"' not in page
    assert 'name="corners"' not in page
    start = moment("period_from", casework.at - HOUR)
    form = search_form(casework.investigation(ben), casework.at, **start)
    assert ask(client, "place", form | {"cameras": [str(camera.id)]}).status_code == 422
    assert "1 read found" in ask(client, "place", form | {"areas": ["Northgate"]}).text


def test_pages_of_older_reads(casework, stored, client, investigation, monkeypatch):
    monkeypatch.setattr(pages, "PAGE", 2)
    for hours in range(1, 6):
        stored.add(MARK, casework.at - hours * HOUR)
    page = client.post(reverse("search"), search_form(investigation, casework.at))
    shown = []
    for headline in ("The newest 2 reads", "2 older reads", "1 older read"):
        assert headline in page.text
        run = SearchRun.objects.latest("asked_at")
        shown += (
            AuditEvent.objects.filter(verb="search.result").latest("sequence").payload["read_ids"]
        )
        token = page.text.partition('name="after" value="')[2].partition('"')[0]
        if token:
            page = client.post(reverse("search_more", kwargs={"run_id": run.id}), {"after": token})
    assert shown == [str(one) for one in stored.ids]
    assert SearchRun.objects.count() == 3
    other = client.post(reverse("search"), search_form(investigation, casework.at))
    assert other.status_code == 200
    stranger = SearchRun.objects.latest("asked_at")
    refused = client.post(
        reverse("search_more", kwargs={"run_id": stranger.id}), {"after": token or "x"}
    )
    assert refused.status_code == 404


def test_a_saved_search_is_asked_again_and_decided_afresh(casework, stored, client, investigation):
    stored.add(MARK, casework.at - DAY)
    client.post(reverse("search"), search_form(investigation, casework.at))
    run = SearchRun.objects.get()
    client.post(
        reverse("search_save", kwargs={"run_id": run.id}), {"name": "The van", "up_to_now": "on"}
    )
    saved = SavedSearch.objects.get()
    assert "The van" in client.get(reverse("search")).text
    again = reverse("search_again", kwargs={"saved_id": saved.id})
    assert "1 read found" in client.post(again).text
    assert SearchRun.objects.count() == 2
    type(investigation).objects.filter(id=investigation.id).update(state="closed")
    assert client.post(again).status_code == 404
    type(investigation).objects.filter(id=investigation.id).update(state="open")
    client.post(reverse("search_unsave", kwargs={"saved_id": saved.id}))
    assert client.post(again).status_code == 404
    ben = client_as(casework.person("ben", mfa=True))
    assert ben.post(reverse("search_save", kwargs={"run_id": run.id})).status_code == 404
    verbs = AuditEvent.objects.filter(verb__in=["search.save", "search.unsave"])
    assert [one.verb for one in verbs.order_by("sequence")] == ["search.save", "search.unsave"]


def test_a_followed_mark_asks_for_its_authority_and_the_auditor_is_told(
    casework, stored, client, investigation
):
    stored.add(MARK, casework.at - DAY)
    form = search_form(investigation, casework.at)
    for _ in range(5):
        assert client.post(reverse("search"), form).status_code == 200
    refused = client.post(reverse("search"), form)
    assert refused.status_code == 403
    assert "this mark is being followed" in refused.text
    answer = client.post(reverse("search"), form | {"surveillance": "URN 2026/17"})
    assert "1 read found" in answer.text
    assert "URN 2026/17" in answer.text
    told = AuditEvent.objects.get(verb="search.follow")
    assert (told.payload["earlier"], told.payload["days"]) == (5, 28)
    assert told.payload["surveillance"] == "URN 2026/17"
    assert MARK not in str(told.payload)


def test_a_camera_that_stops_changes_what_nothing_found_means(
    casework, stored, client, investigation
):
    up, down = casework.camera(1), casework.camera(2)
    Camera.objects.update(last_heard_at=casework.at, state_changed_at=casework.at - 30 * DAY)
    form = search_form(investigation, casework.at)
    assert "all were up for the whole" in client.post(reverse("search"), form).text
    Camera.objects.filter(id=down.id).update(last_heard_at=casework.at - DAY)
    text = client.post(reverse("search"), form).text
    assert "2 cameras could be searched. 1 of 2 were up for the whole of that time." in text
    assert f"{down.name}</th>" in text
    assert f"{up.name}</th>" not in text
    assert "no sign of life" in text
    assert "% of the time" in text
    Camera.objects.update(state="suspended", state_changed_at=casework.at - 30 * DAY)
    text = client.post(reverse("search"), form).text
    assert "2 cameras could be searched, and none was up in that time." in text


def test_a_gap_that_is_over_is_remembered(casework, client, investigation):
    camera = casework.camera(1)
    Camera.objects.update(last_heard_at=casework.at, state_changed_at=casework.at - 30 * DAY)
    CameraGap.objects.using("owner").create(
        camera=camera,
        starts_at=casework.at - 3 * DAY,
        ends_at=casework.at - 2 * DAY,
        kind="silent",
    )
    text = client.post(reverse("search"), search_form(investigation, casework.at)).text
    assert "0 of 1 were up for the whole" in text
    assert "85% of the time" in text


def test_before_its_first_day_a_camera_was_not_up(casework, client, investigation):
    casework.camera(1)
    Camera.objects.update(last_heard_at=casework.at, state_changed_at=casework.at - DAY)
    text = client.post(reverse("search"), search_form(investigation, casework.at)).text
    assert "0 of 1 were up for the whole" in text
    assert "14% of the time" in text
    assert "not in service" in text


def test_how_many_reads_were_right_is_said_where_people_checked_enough(
    casework, stored, client, investigation
):
    camera = casework.camera(1)
    Camera.objects.update(last_heard_at=casework.at, state_changed_at=casework.at - 30 * DAY)
    form = search_form(investigation, casework.at)
    text = client.post(reverse("search"), form).text
    assert "Nobody has checked lately how many of their reads are right." in text
    for number in range(31):
        captured_at = casework.at - 20 * DAY + number * HOUR
        read_id = stored.add(OTHER_MARK, captured_at, camera_id=camera.id)
        key = ReadKey(id=read_id, vrm=OTHER_MARK, captured_at=captured_at, camera_id=camera.id)
        says = "OA99ZZZ" if number == 0 else OTHER_MARK
        finding = Finding(
            verdict=verdict_on(OTHER_MARK, says), source=Source.CHECK, reason="", says=says
        )
        correct_read(read=key, finding=finding, actor=AuditActor.system("test"), at=casework.at)
    text = client.post(reverse("search"), form).text
    assert "so many were right: 96.8% (95% bounds 83.8% to 99.4%)." in text
    assert "Reads that people checked, camera by camera" in text
    assert "How many of the plates that pass them they miss has not been measured." in text


def test_a_search_that_takes_too_long_says_so(casework, stored, client, investigation, monkeypatch):
    stored.add(MARK, casework.at - DAY)
    monkeypatch.setattr("openanpr.search.store.live.LONGEST", timedelta(milliseconds=200))
    monkeypatch.setattr(
        "openanpr.search.store.newest._OF_MARKS",
        "select pg_sleep(5), %s, %s, %s, %s, %s, %s, %s, %s, %s",
    )
    answer = client.post(reverse("search"), search_form(investigation, casework.at))
    assert answer.status_code == 503
    assert "The search took too long" in answer.text
    assert SearchRun.objects.get().rows is None
    assert REASON in SearchRun.objects.get().reason
