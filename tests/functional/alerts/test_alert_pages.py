"""The officer's pages, as a browser gets them."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from openanpr.alerts import tickets
from openanpr.alerts.models import Alert, AlertDelivery, AlertOutcome
from openanpr.alerts.services.dispatch import dispatch_waiting
from openanpr.alerts.vocabulary import Outcome
from openanpr.config.database import DatabaseRole
from openanpr.reads.models import ReadImage
from openanpr.wire.ids import uuid7
from tests.factories.accounts import client_as, make_user
from tests.factories.alerts import OWNER, World, acting_as


def raise_alert(world: World, *, list_fields: dict[str, Any] | None = None, **fields: Any) -> Alert:
    """One hit, dispatched."""
    hotlist = world.hotlist(**(list_fields or {}))
    hit = world.hit(world.entry(hotlist), **fields)
    with acting_as(DatabaseRole.WORKER):
        dispatch_waiting(at=world.at)
    return Alert.objects.using(OWNER).get(hit=hit)


def page(name: str, alert: Alert) -> str:
    return reverse(name, kwargs={"alert_id": alert.id})


def test_the_list_shows_what_an_officer_needs_at_a_glance(world: World, client: Client) -> None:
    raise_alert(world)
    text = client.get(reverse("alerts")).text
    for words in ("OA30 AAA", "STOP", "Violent", "Stolen vehicles", "Stolen in a burglary"):
        assert words in text
    assert "Northgate" in text
    assert "Mill Road" not in text
    assert 'aria-live="polite"' in text


def test_an_empty_list_says_so(world: World, client: Client) -> None:
    assert "No vehicle of interest was seen" in client.get(reverse("alerts")).text


@pytest.mark.security
def test_another_area_and_another_role_see_nothing_of_it(world: World) -> None:
    alert = raise_alert(world)
    south = client_as(make_user("south", roles=(Role.ALERT_USER,), unit=world.south))
    answers = [
        south.get(reverse("alerts")),
        south.get(page("alert", alert)),
        south.get(reverse("alert_rows"), {"alert": alert.id}),
        south.get(page("alert_pictures", alert)),
    ]
    assert [answer.status_code for answer in answers] == [200, 403, 200, 404]
    for answer in answers:
        assert "OA30" not in answer.text
    assert "the alert was not routed to you" in answers[1].text
    analyst = client_as(make_user("analyst", roles=(Role.ANALYST,), unit=world.north))
    assert analyst.get(reverse("alerts")).status_code == 403
    assert analyst.post(reverse("alert_ticket")).status_code == 403


@pytest.mark.security
def test_a_covert_alert_is_not_even_there_for_a_patrol(world: World, client: Client) -> None:
    alert = raise_alert(world, list_fields={"covert": True, "told_units": ["North response"]})
    assert client.get(page("alert", alert)).status_code == 404
    assert "OA30" not in client.get(reverse("alerts")).text
    named = make_user("named", roles=(Role.ALERT_USER,), unit=world.north, covert_right=True)
    assert "OA30 AAA" in client_as(named).get(page("alert", alert)).text


def test_the_page_tells_everything_about_the_hit(world: World, client: Client) -> None:
    alert = raise_alert(world)
    text = client.get(page("alert", alert)).text
    for words in (
        "OA30 AAA",
        "Stop the vehicle",
        "Violent",
        "Stolen in a burglary",
        "Blue Ford Focus",
        "Two men inside",
        "97 %",
        "OA30 AAB",
        "Every character is the same",
        "3 hours ago",
        "2 days ago",
        "A hit is not by itself grounds to stop",
        "Does the picture show",
        "Northgate, northbound",
    ):
        assert words in text, words
    assert "Mill Road" not in text
    assert "51.5" not in text


def test_the_exact_place_is_shown_with_the_location_right(world: World) -> None:
    alert = raise_alert(world)
    trusted = make_user("trusted", roles=(Role.ALERT_USER,), unit=world.north, location_right=True)
    text = client_as(trusted).get(page("alert", alert)).text
    assert "Mill Road bridge" in text
    assert "51.50000, 0.25000" in text


def test_the_outcome_is_offered_and_taken_only_after_the_check(
    world: World, client: Client, officer: User
) -> None:
    alert = raise_alert(world)
    before = client.get(page("alert", alert)).text
    assert 'name="outcome"' not in before
    forced = client.post(page("alert_outcome", alert), {"outcome": "stopped"})
    assert forced.status_code == 409
    assert "Say first whether the picture shows this mark" in forced.text
    assert not AlertOutcome.objects.using(OWNER).exists()

    checked = client.post(page("alert_check", alert), {"says_same": "yes"}, follow=True).text
    for outcome in Outcome:
        assert f'value="{outcome.value}"' in checked
    client.post(page("alert_outcome", alert), {"outcome": "stopped", "note": "Two arrested"})
    stored = AlertOutcome.objects.using(OWNER).get()
    assert (stored.outcome, stored.note, stored.user_id) == ("stopped", "Two arrested", officer.pk)
    after = client.get(page("alert", alert)).text
    assert "Two arrested" in after
    assert 'name="outcome"' not in after
    assert 'name="says_same"' not in after


def test_a_picture_without_the_mark_leaves_only_what_fits(world: World, client: Client) -> None:
    alert = raise_alert(world)
    text = client.post(page("alert_check", alert), {"says_same": "no"}, follow=True).text
    offered = {outcome.value for outcome in Outcome if f'value="{outcome.value}"' in text}
    assert offered == {"misread", "not-responded", "other"}
    forced = client.post(page("alert_outcome", alert), {"outcome": "stopped"})
    assert forced.status_code == 409


def test_an_answer_that_is_none_is_sent_back(world: World, client: Client) -> None:
    alert = raise_alert(world)
    for name, answer, words in (
        ("alert_check", {}, "Say whether the picture shows this mark"),
        ("alert_check", {"says_same": "perhaps"}, "Select a valid choice"),
        ("alert_outcome", {}, "Say what came of it"),
        ("alert_outcome", {"outcome": "gone"}, "Say what came of it"),
    ):
        sent_back = client.post(page(name, alert), answer)
        assert sent_back.status_code == 422
        assert words in sent_back.text
        assert "There is a problem" in sent_back.text


def test_rows_are_delivered_to_their_officer_and_audited_together(
    world: World, client: Client, officer: User
) -> None:
    alerts = [raise_alert(world), raise_alert(world, list_fields={"name": "Other"})]
    before = _listings()
    named = [str(one.id) for one in alerts]
    answer = client.get(reverse("alert_rows"), {"alert": [*named, str(uuid7())]})
    assert answer.status_code == 200
    assert all(f'id="alert-{one}"' in answer.text for one in named)
    assert "<html" not in answer.text
    delivered = AlertDelivery.objects.using(OWNER).filter(user=officer)
    assert {str(one.alert_id) for one in delivered} == set(named)
    assert _listings()[len(before) :] == [sorted(named)]
    assert client.get(reverse("alert_rows"), {"alert": "OA30AAA"}).status_code == 404


def _listings() -> list[list[str]]:
    """The alerts that each listing in the audit named."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "select payload from audit_event where verb = 'alert.list' order by sequence"
        )
        return [sorted(json.loads(payload)["alerts"]) for (payload,) in cursor.fetchall()]


def test_a_ticket_is_bound_to_this_session(client: Client, officer: User) -> None:
    answer = client.post(reverse("alert_ticket"))
    ticket = tickets.verify(answer.json()["ticket"], at=datetime.now(UTC))
    assert ticket == tickets.Ticket(
        user_id=officer.pk, session_key=client.session.session_key or ""
    )
    assert client.get(reverse("alert_ticket")).status_code == 405


def test_pictures_are_awaited_and_then_linked_for_this_officer(
    world: World, client: Client
) -> None:
    patch, overview = (hashlib.sha256(name).digest() for name in (b"patch", b"overview"))
    alert = raise_alert(world, patch_hash=patch, overview_hash=overview)
    waiting = client.get(page("alert", alert)).text
    assert "has arrived yet" in waiting
    assert page("alert_pictures", alert) in waiting
    for sha256 in (patch, overview):
        ReadImage.objects.using(OWNER).create(
            received_sha256=sha256, device=uuid7(), stored_sha256=sha256, received_at=world.at
        )
    here = client.get(page("alert_pictures", alert)).text
    assert here.count("<img") == 2
    assert "/images/" in here
    assert "data-awaited" not in here
    assert patch.hex() not in here


def test_an_alert_past_its_window_is_closed_to_the_officer(world: World, client: Client) -> None:
    alert = raise_alert(world, captured_at=world.at - timedelta(hours=25))
    assert client.get(page("alert", alert)).status_code == 403
    assert "OA30" not in client.get(reverse("alerts")).text
