"""The worker's watch: escalation, and sites that become covert."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connections

from openanpr.access.facts import Actor
from openanpr.accounts.queries import actor_of
from openanpr.alerts.models import Alert, AlertEvent
from openanpr.alerts.queries import alerts_for, find_alert, shown_to
from openanpr.alerts.requester import Requester
from openanpr.alerts.services.dispatch import dispatch_waiting
from openanpr.alerts.services.escalating import escalate_due, withdraw_covert
from openanpr.alerts.services.responding import UnableToRespond, acknowledge, assign
from openanpr.cameras.models import Camera, Site
from openanpr.config.database import DatabaseRole
from openanpr.forces.models import Unit
from openanpr.policy.queries import profile_in_force
from tests.factories.alerts import OWNER, World, acting_as


def raised(world: World, **list_fields: Any) -> Alert:
    """One alert of a list of the highest priority."""
    hit = world.hit(world.entry(world.hotlist(**({"priority": 1} | list_fields))))
    with acting_as(DatabaseRole.WORKER):
        dispatch_waiting(at=world.at)
    return Alert.objects.using(OWNER).get(hit=hit)


def escalate(at: datetime) -> int:
    with acting_as(DatabaseRole.WORKER):
        return escalate_due(at=at)


def kinds(alert: Alert) -> list[str]:
    events = AlertEvent.objects.using(OWNER).filter(alert=alert).order_by("sequence")
    return list(events.values_list("kind", flat=True))


def test_an_alert_that_nobody_takes_on_reaches_more_people_step_by_step(world: World) -> None:
    Unit.objects.using(OWNER).create(force=world.force, name="Control room", area="")
    alert = raised(world, told_units=["North response"])
    assert escalate(world.at + timedelta(seconds=59)) == 0
    assert escalate(world.at + timedelta(seconds=60)) == 1
    alert.refresh_from_db()
    assert alert.routed_units == ["Control room", "North response"]
    assert escalate(world.at + timedelta(seconds=61)) == 0
    assert escalate(world.at + timedelta(seconds=180)) == 1
    alert.refresh_from_db()
    assert alert.routed_units == ["Control room", "North response", "South response"]
    assert kinds(alert) == ["raised", "escalated", "escalated"]


def test_one_that_somebody_has_stays_with_them(world: World) -> None:
    alert = raised(world)
    officer = Requester(user=world.officer("north"))
    assert acknowledge(alert_id=alert.id, by=officer, at=world.at)
    assert escalate(world.at + timedelta(hours=1)) == 0
    assert kinds(alert) == ["raised", "acknowledged"]


@pytest.mark.security
def test_a_covert_alert_is_escalated_to_nobody_new(world: World) -> None:
    alert = raised(world, covert=True, told_units=["North response"])
    assert escalate(world.at + timedelta(seconds=60)) == 1
    alert.refresh_from_db()
    assert alert.routed_units == ["North response"]


@pytest.mark.security
def test_an_alert_is_given_only_to_a_unit_that_it_was_sent_to(world: World) -> None:
    alert = raised(world)
    north, south = world.officer("north"), world.officer("south", unit=world.south)
    assert assign(alert_id=alert.id, by=Requester(user=north), at=world.at, unit="North response")
    with pytest.raises(UnableToRespond):
        assign(alert_id=alert.id, by=Requester(user=north), at=world.at, unit="South response")
    refused = assign(
        alert_id=alert.id, by=Requester(user=south), at=world.at, unit="North response"
    )
    assert refused is not None
    assert not refused
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "select actor_account, decision from audit_event where verb = 'alert.assign' "
            "order by sequence"
        )
        assert cursor.fetchall() == [("north", "allow"), ("south", "deny")]


@pytest.mark.security
def test_a_site_made_covert_later_hides_its_alerts_at_once(world: World) -> None:
    site = Site.objects.using(OWNER).create(
        code="S7", name="Mill Road", area_name="Northgate", latitude=51.5, longitude=0.25
    )
    Camera.objects.using(OWNER).create(
        id=7,
        name="Mill Road bridge",
        site=site,
        feed_id=1,
        source_id=1,
        camera_number=7,
        area_name="Northgate",
        state="live",
    )
    alert = raised(world)
    officer = actor_of(world.officer("north"), at=world.at)
    assert sees(officer, alert.id, at=world.at)
    Site.objects.using(OWNER).update(sensitive=True)
    assert not sees(officer, alert.id, at=world.at)
    with acting_as(DatabaseRole.WORKER):
        assert withdraw_covert(at=world.at) == 1
        assert withdraw_covert(at=world.at) == 0
    alert.refresh_from_db()
    assert alert.covert
    assert kinds(alert) == ["raised", "withdrawn"]


def sees(actor: Actor, alert_id: UUID, *, at: datetime) -> bool:
    profile = profile_in_force(at=at)
    alert = find_alert(alert_id)
    assert alert is not None
    listed = bool(alerts_for(actor=actor, profile=profile, at=at))
    opened = shown_to(alert, actor=actor, profile=profile, at=at) is not None
    assert listed == opened
    return opened


def test_the_answers_and_messages_of_an_alert_go_with_it(
    world: World, superuser: psycopg.Connection[Any]
) -> None:
    alert = raised(world)
    acknowledge(alert_id=alert.id, by=Requester(user=world.officer("north")), at=world.at)
    with superuser.transaction():
        superuser.execute("delete from alert_event")
        superuser.execute("delete from alert_hit")
        superuser.execute("delete from alert")
        assert superuser.execute("select count(*) from alert_response").fetchone() == (0,)
