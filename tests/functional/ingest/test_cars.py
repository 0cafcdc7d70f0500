"""A patrol car's lists from the real ingest process, and what it tells of its alerts."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.factories.alerts import World, force_with_units
from tests.factories.cameras import make_camera, make_patrol_vehicle, make_reader
from tests.factories.lists import publish
from tests.functional.ingest.served import FieldReader, Served

from openanpr.audit.models import AuditEvent
from openanpr.capture.car_alerts import CarAlerts as InCarAlerts
from openanpr.capture.car_line import CarLine
from openanpr.capture.clock import ClockWatch
from openanpr.capture.held_lists import HeldLists
from openanpr.capture.link import Link
from openanpr.capture.records import Capture
from openanpr.capture.spool import Spool
from openanpr.vrm.fictional import marks
from openanpr.wire import Read, uuid7
from openanpr.wire.car_lists import CarLists

OWNER = "owner"
MARKS = [mark for _, mark in zip(range(12), marks(31), strict=False)]


@pytest.fixture
def world(ingest: Served) -> World:
    return force_with_units(datetime.now(UTC))


@pytest.fixture
def car(world: World, ingest: Served) -> FieldReader:
    kit = make_reader("Patrol FX21")
    make_camera(kit, patrol_vehicle=make_patrol_vehicle(), area_name="")
    ingest.catch_up()
    return FieldReader(ingest, kit)


def asked(car: FieldReader, **parts: str) -> CarLists:
    body = msgspec.json.encode({"schema": "openanpr.car-lists-held.v1", "parts": parts})
    answer = car.send("POST", "/v1/car-lists", body)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=CarLists)


def vrms(told: CarLists) -> set[str]:
    return {entry.vrm for part in told.entries.values() for entry in part}


@pytest.mark.security
def test_a_car_gets_what_a_patrol_may_see_and_nothing_else(
    world: World, car: FieldReader, ingest: Served
) -> None:
    held = world.hotlist("Held", in_cars=True)
    world.entry(held, MARKS[0])
    left_out: list[tuple[Any, dict[str, Any]]] = [
        (world.hotlist("Not held"), {}),
        (world.hotlist("Suspended", in_cars=True, state="suspended"), {}),
        (world.hotlist("Scoped", in_cars=True, scope={"areas": ["North"]}), {}),
        (world.hotlist("Lapsed", in_cars=True, review_at=world.at - timedelta(days=1)), {}),
        (held, {"covert": True}),
        (held, {"action": "silent"}),
        (held, {"match_as": "near", "state": "proposed"}),
        (held, {"scope": {"areas": ["North"]}}),
        (held, {"state": "proposed"}),
        (held, {"weed_at": world.at - timedelta(days=1)}),
    ]
    for mark, (hotlist, fields) in zip(MARKS[1:], left_out, strict=False):
        world.entry(hotlist, mark, **fields)
    publish(ingest, "OA30AAA")

    told = asked(car)
    assert vrms(told) == {MARKS[0]}
    assert told.keep_until > datetime.now(UTC) + timedelta(hours=11)
    event = AuditEvent.objects.get(verb="list.carry")
    assert event.subject == f"reader:{car.kit.credential.id}"
    assert event.payload["entries"] == 1
    assert MARKS[0] not in str(event.payload)

    # What it holds already does not travel again, and is no news.
    assert vrms(asked(car, **told.parts)) == set()
    assert AuditEvent.objects.filter(verb="list.carry").count() == 1


@pytest.mark.security
def test_only_a_live_car_is_given_lists(world: World, ingest: Served) -> None:
    world.entry(world.hotlist(in_cars=True), MARKS[0])
    fixed = make_reader("fixed")
    make_camera(fixed, number=2)
    mixed = make_reader("mixed")
    make_camera(mixed, number=3)
    make_camera(mixed, number=4, patrol_vehicle=make_patrol_vehicle(), area_name="")
    stopped = make_reader("stopped")
    make_camera(
        stopped,
        number=5,
        patrol_vehicle=make_patrol_vehicle("FX22"),
        area_name="",
        state="suspended",
    )
    without = make_reader("without")
    publish(ingest, "OA30AAA")
    ingest.catch_up()
    body = msgspec.json.encode({"schema": "openanpr.car-lists-held.v1", "parts": {}})
    for kit in (fixed, mixed, stopped, without):
        answer = FieldReader(ingest, kit).send("POST", "/v1/car-lists", body)
        assert (answer.status_code, answer.json()["reason"]) == (403, "no-car")
        assert MARKS[0] not in answer.text


def test_bad_requests_are_told(car: FieldReader) -> None:
    for body in (b"", b"{}", b'{"schema":"openanpr.car-lists-held.v1","parts":{"zz":"1"}}'):
        answer = car.send("POST", "/v1/car-lists", body)
        assert (answer.status_code, answer.json()["reason"]) == (400, "unreadable")
    assert car.send("POST", "/v1/car-alerts", b'{"alerts":[]}').status_code == 400
    assert car.send("GET", "/v1/car-lists", b"").status_code == 405


@pytest.mark.security
def test_the_database_gives_ingest_no_more_than_that(world: World, connect_as: Any) -> None:
    with connect_as("openanpr_ingest") as ingest:
        assert ingest.execute("select * from hotlist_for_cars(now())").fetchall() == []
        for question in ("select * from hotlist", "select * from hotlist_entry"):
            with pytest.raises(Exception, match="permission denied"), ingest.transaction():
                ingest.execute(question)
    with (
        connect_as("openanpr_live") as live,
        pytest.raises(Exception, match="permission denied"),
    ):
        live.execute("select * from hotlist_for_cars(now())")


@pytest.fixture
def closing() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def test_a_car_alerts_with_the_network_cut_and_tells_it_afterwards(
    world: World, car: FieldReader, ingest: Served, tmp_path: Path, closing: ExitStack
) -> None:
    world.entry(world.hotlist(in_cars=True), MARKS[0])
    publish(ingest, "OA30AAA")
    spool = Spool(tmp_path / "spool.sqlite", max_bytes=50_000_000)
    closing.callback(spool.close)
    lists = HeldLists(tmp_path / "lists.sealed", key=car.kit.key, reader=car.kit.credential.id)
    alerts = InCarAlerts(lists=lists, spool=spool)
    line = CarLine(lists=lists, alerts=alerts, spool=spool, every_s=0.0)

    def link(port: int) -> Link:
        made = Link(
            url=f"http://127.0.0.1:{port}",
            reader=car.kit.credential.id,
            key=car.kit.key,
            clock=ClockWatch(None),
        )
        closing.callback(made.close)
        return made

    there, cut = link(ingest.port), link(9)
    assert line.round(there) == 0.0

    at = datetime.now(UTC)
    read = Read(
        id=uuid7(), sequence=0, camera="7/1/1", vrm=MARKS[0], confidence=0.9, captured_at=at
    )
    assert line.round(cut) > 0
    assert alerts.look(Capture(read, ()), at=at) == 1
    assert [alert.vrm for alert in alerts.shown(at=at)] == [MARKS[0]]
    assert line.round(cut) > 0
    assert not AuditEvent.objects.filter(verb="alert.in-car").exists()

    assert line.round(there) == 0.0
    (told,) = AuditEvent.objects.get(verb="alert.in-car").payload["alerts"]
    assert told["read"] == str(read.id)
    assert spool.reports(limit=1) == []

    # Taken off the road, it forgets at its next word.
    type(car.kit.credential).objects.using(OWNER).update(state="revoked", revoked_at=at)
    ingest.catch_up()
    line.round(there)
    assert lists.state(at=at)[0] == 0
    assert alerts.shown(at=at) == []
