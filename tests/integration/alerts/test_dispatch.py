"""From the outbox to alerts, as the worker's role."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connections

from openanpr.alerts.models import Alert, AlertEvent, AlertHit, Outbox
from openanpr.alerts.services.dispatch import dispatch_waiting
from openanpr.config.database import DatabaseRole
from openanpr.hotlists.models import Hotlist, HotlistEntry
from tests.factories.alerts import OWNER, World, acting_as, outbox_row


@pytest.fixture(autouse=True)
def as_worker(world: World) -> Iterator[None]:
    with acting_as(DatabaseRole.WORKER):
        yield


def alerts() -> list[Alert]:
    return list(Alert.objects.using(OWNER).order_by("raised_at", "id"))


def test_a_hit_raises_one_alert_for_the_units_of_its_area(world: World) -> None:
    hit = world.hit(world.entry(world.hotlist()))
    assert dispatch_waiting(at=world.at) == 1
    (alert,) = alerts()
    assert (alert.hit_id, alert.latest_hit_id, alert.state) == (hit.id, hit.id, "new")
    assert (alert.routed_units, alert.routed_areas) == (["North response"], ["Northgate"])
    assert (alert.vrm, alert.priority, alert.force) == ("OA30AAA", 2, "FX")
    assert (alert.action, alert.warning_markers) == ("stop", ["VI"])
    row = outbox_row(hit.id)
    assert (row.done_at, row.result) == (world.at, "alert.raise")


def test_dispatching_twice_changes_nothing(world: World) -> None:
    hit = world.hit(world.entry(world.hotlist()))
    dispatch_waiting(at=world.at)
    assert dispatch_waiting(at=world.at) == 0
    # Even where the mark that it was done is lost:
    Outbox.objects.using(OWNER).filter(hit=hit).update(done_at=None)
    assert dispatch_waiting(at=world.at) == 1
    assert len(alerts()) == 1
    assert AlertHit.objects.using(OWNER).count() == 1
    assert AlertEvent.objects.using(OWNER).count() == 1


def test_the_same_vehicle_seen_again_joins_its_alert(world: World) -> None:
    entry = world.entry(world.hotlist())
    first = world.hit(entry)
    dispatch_waiting(at=world.at)
    later = world.at + timedelta(minutes=10)
    again = world.hit(
        entry, captured_at=later, camera_area="Southgate", camera_name="South Lane", camera_id=8
    )
    dispatch_waiting(at=later)
    (alert,) = alerts()
    assert (alert.hit_id, alert.latest_hit_id, alert.hit_count) == (first.id, again.id, 2)
    assert (alert.first_captured_at, alert.last_captured_at) == (world.at, later)
    # Those told first stay told, those of the new area are told too.
    assert alert.routed_units == ["North response", "South response"]
    assert alert.routed_areas == ["Northgate", "Southgate"]
    kinds = AlertEvent.objects.using(OWNER).order_by("sequence").values_list("kind", flat=True)
    assert list(kinds) == ["raised", "further-hit"]


def test_an_earlier_capture_that_came_late_does_not_move_the_alert_back(world: World) -> None:
    entry = world.entry(world.hotlist())
    newest = world.hit(entry)
    dispatch_waiting(at=world.at)
    world.hit(entry, captured_at=world.at - timedelta(minutes=5), late=True)
    dispatch_waiting(at=world.at)
    (alert,) = alerts()
    assert (alert.latest_hit_id, alert.hit_count, alert.late) == (newest.id, 2, False)
    assert alert.first_captured_at == world.at - timedelta(minutes=5)


@pytest.mark.parametrize("minutes", [16, -16])
def test_outside_the_repeat_window_a_new_alert_is_raised(world: World, minutes: int) -> None:
    entry = world.entry(world.hotlist())
    world.hit(entry)
    dispatch_waiting(at=world.at)
    world.hit(entry, captured_at=world.at + timedelta(minutes=minutes))
    dispatch_waiting(at=world.at)
    assert len(alerts()) == 2


def test_the_repeat_window_is_as_given(world: World) -> None:
    entry = world.entry(world.hotlist())
    world.hit(entry)
    world.hit(entry, captured_at=world.at + timedelta(minutes=2))
    dispatch_waiting(at=world.at, repeat_window=timedelta(minutes=1))
    assert len(alerts()) == 2


def test_a_closed_alert_takes_no_further_hit(world: World) -> None:
    entry = world.entry(world.hotlist())
    world.hit(entry)
    dispatch_waiting(at=world.at)
    Alert.objects.using(OWNER).update(state="closed", closed_at=world.at)
    world.hit(entry, captured_at=world.at + timedelta(minutes=1))
    dispatch_waiting(at=world.at)
    assert [alert.state for alert in alerts()] == ["closed", "new"]


def test_two_entries_of_one_vehicle_are_two_alerts(world: World) -> None:
    hotlist = world.hotlist()
    for entry in (world.entry(hotlist), world.entry(world.hotlist("Wanted"))):
        world.hit(entry)
    dispatch_waiting(at=world.at)
    assert len(alerts()) == 2


def test_a_covert_entry_names_its_units_and_no_area(world: World) -> None:
    hotlist = world.hotlist("Operation", covert=True, told_units=["Surveillance"])
    world.hit(world.entry(hotlist))
    dispatch_waiting(at=world.at)
    (alert,) = alerts()
    assert (alert.covert, alert.routed_units, alert.routed_areas) == (True, ["Surveillance"], [])


def test_an_entry_that_has_ended_raises_nothing(world: World) -> None:
    withdrawn = world.entry(world.hotlist("Withdrawn"))
    weeded = world.entry(world.hotlist("Weeded"))
    overdue = world.entry(world.hotlist("Overdue"))
    hits = [world.hit(entry) for entry in (withdrawn, weeded, overdue)]
    entries = HotlistEntry.objects.using(OWNER)
    entries.filter(pk=withdrawn.pk).update(
        state="withdrawn", withdrawn_at=world.at, withdrawn_reason="Found"
    )
    entries.filter(pk=weeded.pk).update(weed_at=world.at)
    Hotlist.objects.using(OWNER).filter(pk=overdue.hotlist_id).update(review_at=world.at)
    dispatch_waiting(at=world.at)
    assert alerts() == []
    assert [outbox_row(hit.id).result for hit in hits] == ["entry-ended"] * 3


def test_a_hit_that_cannot_be_dispatched_holds_up_no_other(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    entry = world.entry(world.hotlist())
    broken = world.hit(entry, entry_copy={"vrm": "OA30AAA", "nothing": "else"})
    world.hit(world.entry(world.hotlist("Other")))
    dispatch_waiting(at=world.at)
    assert len(alerts()) == 1
    for _ in range(10):
        dispatch_waiting(at=world.at)
    row = outbox_row(broken.id)
    assert (row.done_at, row.attempts) == (None, 5)
    assert "OA30AAA" not in caplog.text
    assert f"outbox row {row.id} failed" in caplog.text


def test_every_dispatch_is_audited_without_a_mark(world: World) -> None:
    entry = world.entry(world.hotlist())
    world.hit(entry)
    world.hit(entry, captured_at=world.at + timedelta(minutes=1))
    dispatch_waiting(at=world.at)
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "select verb, actor_account, payload::text from audit_event "
            "where verb like 'alert.%' order by sequence"
        )
        rows = cursor.fetchall()
    assert [row[:2] for row in rows] == [("alert.raise", "worker"), ("alert.join", "worker")]
    assert "OA30AAA" not in str(rows)
