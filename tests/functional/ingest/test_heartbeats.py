"""Signs of life, and what ingest says of itself."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from tests.factories.cameras import make_camera, make_reader
from tests.factories.reads import a_read
from tests.functional.ingest.served import FieldReader, Served

from openanpr.cameras.models import Camera, CameraGap
from openanpr.wire import CameraStatus, Clock, Heartbeat

OWNER = "owner"


@pytest.fixture
def reader(ingest: Served) -> FieldReader:
    kit = make_reader()
    make_camera(kit)
    ingest.catch_up()
    return FieldReader(ingest, kit)


def heartbeat(reader: FieldReader, *cameras: CameraStatus, **changes: Any) -> bytes:
    values: dict[str, Any] = {
        "reader": reader.kit.credential.id,
        "sent_at": datetime.now(UTC),
        "clock": Clock(source="ntp", offset_ms=-12.5),
        "next_sequence": 7,
    }
    return msgspec.json.encode(Heartbeat(cameras=cameras, **(values | changes)))


def test_a_heartbeat_is_noted_with_clock_and_fault(reader: FieldReader, ingest: Served) -> None:
    before = datetime.now(UTC)
    body = heartbeat(reader, CameraStatus(camera="7/1/1", fault="lens dirty"))

    response = reader.send("POST", "/v1/heartbeats", body)

    assert response.status_code == 200
    assert response.json()["suspended"] == []
    heard = Camera.objects.using(OWNER)
    ingest.wait_for(lambda: heard.get().last_heard_at is not None)
    camera = heard.get()
    assert before <= camera.last_heard_at <= datetime.now(UTC)
    assert (camera.clock_offset_ms, camera.fault) == (-12.5, "lens dirty")


def test_a_batch_is_a_sign_of_life_too(reader: FieldReader, ingest: Served) -> None:
    reader.post_reads(a_read())
    ingest.wait_for(lambda: Camera.objects.using(OWNER).get().last_heard_at is not None)


def test_a_camera_that_speaks_again_leaves_the_gap_behind_it(
    reader: FieldReader, ingest: Served
) -> None:
    silent_since = datetime.now(UTC) - timedelta(hours=3)
    Camera.objects.using(OWNER).update(last_heard_at=silent_since)
    reader.send("POST", "/v1/heartbeats", heartbeat(reader, CameraStatus(camera="7/1/1")))
    heard = Camera.objects.using(OWNER)
    ingest.wait_for(lambda: heard.get().last_heard_at != silent_since)
    first = heard.get().last_heard_at
    reader.send("POST", "/v1/heartbeats", heartbeat(reader, CameraStatus(camera="7/1/1")))
    ingest.wait_for(lambda: heard.get().last_heard_at != first)
    gap = CameraGap.objects.using(OWNER).get()
    assert (gap.starts_at, gap.kind) == (silent_since, "silent")
    assert gap.ends_at > silent_since + timedelta(hours=2)


def test_the_answer_names_the_cameras_whose_reads_are_refused(
    reader: FieldReader, ingest: Served
) -> None:
    make_camera(reader.kit, number=2, state="suspended")
    make_camera(make_reader("Another"), number=3, state="suspended")
    ingest.catch_up()
    answer = reader.send("POST", "/v1/heartbeats", heartbeat(reader)).json()
    assert answer["suspended"] == ["7/1/2"]


def test_another_readers_camera_is_not_heard_of(reader: FieldReader, ingest: Served) -> None:
    make_camera(make_reader("Another"), number=2)
    ingest.catch_up()
    cameras = (CameraStatus(camera="7/1/2"), CameraStatus(camera="7/1/1"))
    reader.send("POST", "/v1/heartbeats", heartbeat(reader, *cameras))
    heard = Camera.objects.using(OWNER)
    ingest.wait_for(lambda: heard.get(camera_number=1).last_heard_at is not None)
    assert heard.get(camera_number=2).last_heard_at is None


def test_a_reader_that_cannot_say_how_far_its_clock_is_off_is_measured(
    reader: FieldReader, ingest: Served
) -> None:
    body = heartbeat(
        reader,
        CameraStatus(camera="7/1/1"),
        sent_at=datetime.now(UTC) - timedelta(seconds=100),
        clock=Clock(source="none"),
    )
    reader.send("POST", "/v1/heartbeats", body)
    heard = Camera.objects.using(OWNER)
    ingest.wait_for(lambda: heard.get().clock_offset_ms is not None)
    offset = heard.get().clock_offset_ms
    assert offset is not None
    assert -130_000 < offset <= -100_000


def test_something_else_than_a_heartbeat_is_refused(reader: FieldReader) -> None:
    response = reader.send("POST", "/v1/heartbeats", b"{}")
    assert (response.status_code, response.json()["reason"]) == (400, "unreadable")


def test_health_says_what_an_operator_must_know(reader: FieldReader, ingest: Served) -> None:
    reader.post_reads(a_read())
    response = ingest.client.get("/health")
    health = response.json()
    assert response.status_code == 200
    assert (health["status"], health["database"], health["queue_depth"]) == ("ok", "up", 0)
    assert (health["cameras"], health["profile"].split("@")[0]) == (1, "essex-2y")
    assert datetime.fromisoformat(health["last_commit_at"]) <= datetime.now(UTC)


def test_figures_count_reads_and_name_none(reader: FieldReader, ingest: Served) -> None:
    name = "openanpr_ingest_reads_total"
    before = ingest.metric(name, outcome="accepted")
    reader.post_reads(a_read("OA30AAA"))
    assert ingest.metric(name, outcome="accepted") == before + 1
    assert "OA30AAA" not in ingest.client.get("/metrics").text


@pytest.mark.security
@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded"])
def test_figures_are_given_to_this_machine_alone(ingest: Served, header: str) -> None:
    response = ingest.client.get("/metrics", headers={header: "203.0.113.7"})
    assert (response.status_code, response.json()["reason"]) == (403, "loopback-only")


@pytest.mark.security
def test_health_tells_others_only_whether_batches_are_taken(ingest: Served) -> None:
    answer = ingest.client.get("/health", headers={"X-Forwarded-For": "192.0.2.7"})
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "up"}


@pytest.mark.security
def test_a_request_played_back_is_refused(reader: FieldReader) -> None:
    body = heartbeat(reader, CameraStatus(camera="7/1/1"))
    first = reader.send("POST", "/v1/heartbeats", body)
    sent = {name: value for name, value in first.request.headers.items() if "openanpr" in name}

    again = reader.served.client.request("POST", "/v1/heartbeats", content=body, headers=sent)

    assert (first.status_code, again.status_code) == (200, 401)
    assert again.json()["reason"] == "replayed"
    assert reader.send("POST", "/v1/heartbeats", body).status_code == 200
