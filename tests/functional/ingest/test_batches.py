"""A reader delivers; what is stored, what is refused, and what is said about it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import psycopg
import pytest
from tests.factories.cameras import authorise, make_camera, make_patrol_vehicle, make_reader
from tests.factories.lists import publish
from tests.factories.reads import a_read
from tests.functional.ingest.served import FieldReader, Served

from openanpr.accounts.models import DeviceCredential
from openanpr.alerts.models import Hit, Outbox
from openanpr.audit.models import AuditEvent
from openanpr.ingest.models import IngestBatch, IngestCounter, IngestProblem, IngestQuarantine
from openanpr.wire import Read, uuid7

OWNER = "owner"


@pytest.fixture
def reader(ingest: Served) -> FieldReader:
    """A reader with one live camera, 7/1/1."""
    kit = make_reader()
    make_camera(kit)
    ingest.catch_up()
    return FieldReader(ingest, kit)


@pytest.fixture
def stored(superuser: psycopg.Connection[Any]) -> Any:
    """How many reads are stored."""
    return lambda: superuser.execute("select count(*) from reads").fetchone()[0]


def counted(kind: str) -> int:
    found = IngestCounter.objects.using(OWNER).filter(kind=kind)
    return sum(found.values_list("count", flat=True))


def test_a_batch_is_stored_and_acknowledged(reader: FieldReader, superuser: Any) -> None:
    first, second = a_read("OA30AAA"), a_read("KB81ZZX", direction="approaching", country="GB")

    ack = reader.post_reads(first, second)

    assert (ack["accepted"], ack["duplicates"], ack["late"], ack["quarantined"]) == (2, 0, 0, 0)
    assert (ack["rejected"], ack["images_wanted"]) == ([], [])
    rows = superuser.execute(
        "select vrm, captured_at, id, direction, late, clock_offset_ms from reads order by vrm"
    ).fetchall()
    assert rows == [
        ("KB81ZZX", second.captured_at, second.id, "approaching", False, 1.5),
        ("OA30AAA", first.captured_at, first.id, None, False, 1.5),
    ]
    assert counted("accepted") == 2
    event = AuditEvent.objects.using(OWNER).get(verb="ingest.store")
    assert (event.actor_account, event.payload["accepted"]) == ("ingest", 2)


def test_a_batch_sent_again_stores_nothing_and_counts_as_replayed(
    reader: FieldReader, stored: Any
) -> None:
    batch = reader.batch([a_read("OA30AAA"), a_read("KB81ZZX")])
    reader.taken(reader.post_batch(batch))

    again = reader.taken(reader.post_batch(batch))

    assert (again["accepted"], again["duplicates"]) == (0, 2)
    assert stored() == 2
    assert (counted("accepted"), counted("duplicate"), counted("batch-replayed")) == (2, 2, 1)
    kept = IngestBatch.objects.using(OWNER).get()
    assert (kept.accepted, kept.replays) == (2, 1)


def test_a_batch_that_overlaps_one_before_stores_only_what_is_new(
    reader: FieldReader, stored: Any
) -> None:
    old, new = a_read("OA30AAA"), a_read("KB81ZZX")
    reader.post_reads(old)

    ack = reader.post_reads(old, new, new)

    assert (ack["accepted"], ack["duplicates"]) == (1, 2)
    assert stored() == 2


def test_a_listed_mark_raises_one_hit_with_the_entry_as_it_stood(
    reader: FieldReader, ingest: Served
) -> None:
    entry = publish(ingest, "OA30AAA", reason="Uninsured")
    read = a_read(
        "0A30AAA", alternatives=[{"vrm": "OA30AAA", "confidence": 0.4}], direction="departing"
    )
    batch = reader.batch([msgspec.convert(msgspec.to_builtins(read), Read), a_read("KB81ZZX")])
    reader.taken(reader.post_batch(batch))
    reader.taken(reader.post_batch(batch))

    hit = Hit.objects.using(OWNER).get()
    assert (hit.read_id, hit.read_vrm, hit.entry_id) == (read.id, "0A30AAA", entry.entry_id)
    assert (hit.how, hit.late, hit.entry_copy["reason"]) == ("folded", False, "Uninsured")
    assert (hit.camera_name, hit.camera_area) == ("A12 camera 1", "Chelmsford, north")
    assert (hit.latitude, hit.longitude, hit.direction) == (51.75, 0.5, "departing")
    assert hit.snapshot_version == ingest.health()["snapshot_version"]
    assert Outbox.objects.using(OWNER).get().hit_id == hit.id


def test_the_hit_of_a_camera_in_a_vehicle_stands_where_the_read_was_made(
    reader: FieldReader, ingest: Served
) -> None:
    publish(ingest, "OA30AAA")
    make_camera(reader.kit, number=2, site=None, patrol_vehicle=make_patrol_vehicle())
    ingest.catch_up()

    reader.post_reads(a_read("OA30AAA", camera="7/1/2", latitude=51.9, longitude=0.9))

    hit = Hit.objects.using(OWNER).get()
    assert (hit.latitude, hit.longitude) == (51.9, 0.9)


def test_a_late_read_is_stored_marked_late_and_so_is_its_hit(
    reader: FieldReader, ingest: Served, superuser: Any
) -> None:
    publish(ingest, "OA30AAA", valid_from=datetime.now(UTC) - timedelta(days=900))
    last_week = datetime.now(UTC) - timedelta(days=7)

    ack = reader.post_reads(a_read("OA30AAA", captured_at=last_week))

    assert (ack["accepted"], ack["late"]) == (1, 1)
    assert superuser.execute("select late from reads").fetchall() == [(True,)]
    assert Hit.objects.using(OWNER).get().late
    assert counted("late") == 1


def test_a_read_of_nearly_two_years_ago_finds_its_partition_made(
    reader: FieldReader, superuser: Any
) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=720)
    assert reader.post_reads(a_read("OA30AAA", captured_at=long_ago))["accepted"] == 1
    assert superuser.execute("select captured_at from reads").fetchall() == [(long_ago,)]


def test_a_read_older_than_reads_are_kept_is_refused(reader: FieldReader, stored: Any) -> None:
    too_old = datetime.now(UTC) - timedelta(days=800)
    ack = reader.post_reads(a_read("OA30AAA", captured_at=too_old), a_read("KB81ZZX"))
    assert [one["reason"] for one in ack["rejected"]] == ["beyond-retention"]
    assert (ack["accepted"], stored()) == (1, 1)


def test_a_read_from_the_future_is_set_apart_and_raises_no_alert(
    reader: FieldReader, ingest: Served, stored: Any
) -> None:
    publish(ingest, "OA30AAA")
    ahead = a_read("OA30AAA", captured_at=datetime.now(UTC) + timedelta(hours=1))

    ack = reader.post_reads(ahead, a_read("KB81ZZX"))

    assert (ack["accepted"], ack["quarantined"], stored()) == (1, 1, 1)
    (rejected,) = ack["rejected"]
    assert (rejected["index"], rejected["id"]) == (0, str(ahead.id))
    assert rejected["reason"] == "captured-in-the-future"
    kept = IngestQuarantine.objects.using(OWNER).get()
    assert (kept.read_id, kept.content["vrm"]) == (ahead.id, "OA30AAA")
    assert 3_590_000 < kept.ahead_ms <= 3_600_000
    assert counted("captured-in-the-future") == 1
    assert not Hit.objects.using(OWNER).exists()


def test_a_read_a_second_ahead_is_within_tolerance(reader: FieldReader) -> None:
    ahead = a_read("OA30AAA", captured_at=datetime.now(UTC) + timedelta(seconds=1))
    assert reader.post_reads(ahead)["accepted"] == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"vrm": "A" * 30}, "bad-vrm"),
        ({"vrm": ""}, "bad-vrm"),
        ({"vrm": "OA30_AA"}, "bad-vrm"),
        ({"confidence": 1.5}, "bad-confidence"),
        ({"captured_at": "2026-11-22T12:00:00"}, "bad-time"),
        ({"captured_at": "yesterday"}, "bad-time"),
        ({"direction": "OA30AAA"}, "bad-field"),
        ({"raw_vrm": "\u0000"}, "bad-field"),
        ({"sequence": None}, "bad-field"),
        ({"camera": "9/9/9"}, "camera-unknown"),
    ],
)
def test_a_bad_read_is_named_and_its_neighbours_are_kept(
    reader: FieldReader, stored: Any, changes: dict[str, Any], reason: str
) -> None:
    before, bad, after = a_read("OA30AAA"), a_read("OA31AAA"), a_read("KB81ZZX")
    batch = json.loads(msgspec.json.encode(reader.batch([before, bad, after])))
    batch["reads"][1].update(changes)

    response = reader.send("POST", "/v1/batches", json.dumps(batch).encode())

    ack = reader.taken(response)
    (rejected,) = ack["rejected"]
    assert (rejected["index"], rejected["id"]) == (1, str(bad.id))
    assert rejected["reason"] == reason
    assert rejected["detail"].endswith(".")
    assert (ack["accepted"], stored()) == (2, 2)
    assert "OA31AAA" not in response.text
    assert counted(reason) == 1
    problem = IngestProblem.objects.using(OWNER).get()
    assert (problem.kind, problem.count, problem.device) == (
        reason,
        1,
        reader.kit.credential.id,
    )


@pytest.mark.parametrize("nonsense", [b"17", b'"OA30AAA"', b"[]", b"null", b"{}"])
def test_something_that_is_no_read_at_all_is_named_too(
    reader: FieldReader, stored: Any, nonsense: bytes
) -> None:
    body = msgspec.json.encode(reader.batch([a_read("OA30AAA")]))
    body = body.replace(b'"reads":[', b'"reads":[' + nonsense + b",")

    ack = reader.taken(reader.send("POST", "/v1/batches", body))

    (rejected,) = ack["rejected"]
    assert (rejected["index"], rejected["id"]) == (0, None)
    assert rejected["reason"] in {"unreadable", "bad-field"}
    assert (ack["accepted"], stored()) == (1, 1)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("proposed", "camera-not-approved"),
        ("approved", "camera-not-approved"),
        ("suspended", "camera-suspended"),
        ("retired", "camera-retired"),
    ],
)
def test_reads_of_a_camera_that_is_not_live_are_stored_nowhere_but_counted_and_audited(
    reader: FieldReader, ingest: Served, superuser: Any, state: str, reason: str
) -> None:
    publish(ingest, "OA30AAA")
    camera = make_camera(reader.kit, number=2, state=state)
    ingest.catch_up()

    ack = reader.post_reads(a_read("OA30AAA", camera="7/1/2"), a_read("KB81ZZX"))

    assert [one["reason"] for one in ack["rejected"]] == [reason]
    assert ack["accepted"] == 1
    assert superuser.execute("select vrm from reads").fetchall() == [("KB81ZZX",)]
    assert superuser.execute("select vrm from vrm_seen").fetchall() == [("KB81ZZX",)]
    assert not Hit.objects.using(OWNER).exists()
    assert not IngestQuarantine.objects.using(OWNER).exists()
    counter = IngestCounter.objects.using(OWNER).get(kind=reason)
    assert (counter.camera_id, counter.count) == (camera.id, 1)
    event = AuditEvent.objects.using(OWNER).get(verb="ingest.store")
    assert event.payload["refused"] == [f"1 {reason} (camera {camera.id})"]


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        ({"kind": "renewed", "valid_from": -2, "review_due_at": -1}, "its review was not done"),
        (
            {"kind": "decided", "valid_from": -2, "review_due_at": 9, "ends_at": -1},
            "its temporary deployment is over",
        ),
        ({"kind": "withdrawn", "valid_from": 0}, "its authority was withdrawn"),
    ],
    ids=["review lapsed", "deployment over", "withdrawn"],
)
def test_a_live_camera_without_authority_is_refused_at_once_counted_and_not_stored(
    reader: FieldReader, ingest: Served, stored: Any, terms: dict[str, Any], reason: str
) -> None:
    camera = make_camera(reader.kit, number=2)
    ingest.catch_up()
    assert reader.post_reads(a_read(camera="7/1/2"))["accepted"] == 1
    authorise(camera, **_in_hours(terms))
    ingest.catch_up()

    ack = reader.post_reads(a_read(camera="7/1/2"), a_read(camera="7/1/2"))

    assert [one["reason"] for one in ack["rejected"]] == ["camera-suspended"] * 2
    assert reason in ack["rejected"][0]["detail"]
    assert stored() == 1
    counter = IngestCounter.objects.using(OWNER).get(kind="camera-suspended")
    assert (counter.camera_id, counter.count) == (camera.id, 2)


def _in_hours(terms: dict[str, Any]) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {
        name: value if name == "kind" else now + timedelta(hours=value)
        for name, value in terms.items()
    }


def test_what_was_captured_between_two_authorities_is_refused_afterwards_too(
    reader: FieldReader, ingest: Served, stored: Any
) -> None:
    now = datetime.now(UTC)
    camera = make_camera(reader.kit, number=2)
    authorise(camera, **_in_hours({"kind": "withdrawn", "valid_from": -3}))
    authorise(camera, **_in_hours({"kind": "decided", "valid_from": -1, "review_due_at": 9}))
    ingest.catch_up()

    ack = reader.post_reads(
        a_read(camera="7/1/2", captured_at=now - timedelta(hours=4)),
        a_read(camera="7/1/2", captured_at=now - timedelta(hours=2)),
        a_read(camera="7/1/2", captured_at=now - timedelta(minutes=2)),
    )

    assert [one["index"] for one in ack["rejected"]] == [1]
    assert "no authority to collect when" in ack["rejected"][0]["detail"]
    assert stored() == 2


def test_another_readers_camera_is_refused(reader: FieldReader, ingest: Served) -> None:
    make_camera(make_reader("Another"), number=2)
    ingest.catch_up()
    ack = reader.post_reads(a_read("OA30AAA", camera="7/1/2"))
    assert [one["reason"] for one in ack["rejected"]] == ["camera-not-yours"]


def test_suspending_a_camera_stops_its_reads_within_the_look_up(
    reader: FieldReader, ingest: Served
) -> None:
    assert reader.post_reads(a_read("OA30AAA"))["accepted"] == 1
    from openanpr.cameras.models import Camera

    Camera.objects.using(OWNER).update(state="suspended")
    ingest.catch_up()
    assert reader.post_reads(a_read("OA30AAA"))["accepted"] == 0


def test_the_same_marks_at_the_same_moment_by_two_cameras_are_two_reads(
    reader: FieldReader, ingest: Served, stored: Any
) -> None:
    make_camera(reader.kit, number=2)
    ingest.catch_up()
    moment = datetime.now(UTC)
    ack = reader.post_reads(
        a_read("OA30AAA", captured_at=moment), a_read("OA30AAA", captured_at=moment, camera="7/1/2")
    )
    assert (ack["accepted"], stored()) == (2, 2)


def test_a_revoked_reader_is_told_so(reader: FieldReader, ingest: Served, stored: Any) -> None:
    DeviceCredential.objects.using(OWNER).update(state="revoked", revoked_at=datetime.now(UTC))
    ingest.catch_up()

    response = reader.post_batch(reader.batch([a_read()]))

    assert response.status_code == 403
    assert response.json()["reason"] == "device-revoked"
    assert stored() == 0
    ingest.wait_for(lambda: counted("device-revoked") == 1)
    problem = IngestProblem.objects.using(OWNER).get()
    assert (problem.kind, problem.device) == ("device-revoked", reader.kit.credential.id)
    event = AuditEvent.objects.using(OWNER).get(verb="ingest.refuse")
    assert event.subject == f"reader:{reader.kit.credential.id}"


def test_an_unknown_reader_is_told_so(reader: FieldReader, ingest: Served, stored: Any) -> None:
    before = ingest.metric("openanpr_ingest_requests_refused_total", reason="device-unknown")
    reader.kit.credential.id = uuid7()

    response = reader.post_batch(reader.batch([a_read()]))

    assert response.status_code == 401
    assert response.json() == {
        "reason": "device-unknown",
        "detail": "No reader with this id is registered here.",
    }
    assert stored() == 0
    ingest.wait_for(lambda: counted("device-unknown") == 1)
    after = ingest.metric("openanpr_ingest_requests_refused_total", reason="device-unknown")
    assert after == before + 1
