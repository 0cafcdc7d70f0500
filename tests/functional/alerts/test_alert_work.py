"""Taking an alert on, the car's view, channels and figures, as a browser gets them."""

from django.test import Client
from django.urls import reverse

from openanpr.access.vocabulary import Role
from openanpr.alerts.models import Alert, ChannelMessage
from openanpr.alerts.services.dispatch import dispatch_waiting
from openanpr.config.database import DatabaseRole
from tests.factories.accounts import client_as, make_user
from tests.factories.alerts import OWNER, World, acting_as


def raise_alert(world: World) -> Alert:
    hit = world.hit(world.entry(world.hotlist()))
    with acting_as(DatabaseRole.WORKER):
        dispatch_waiting(at=world.at)
    return Alert.objects.using(OWNER).get(hit=hit)


def test_an_officer_takes_an_alert_on_and_gives_it_to_a_unit(world: World, client: Client) -> None:
    alert = raise_alert(world)
    page = reverse("alert", kwargs={"alert_id": alert.id})
    assert "Nobody yet." in client.get(page).text
    taken = client.post(reverse("alert_acknowledge", kwargs={"alert_id": alert.id}), follow=True)
    assert "Taken on by" in taken.text
    given = client.post(
        reverse("alert_assign", kwargs={"alert_id": alert.id}),
        {"unit": "North response"},
        follow=True,
    )
    assert "Given to <strong>North response</strong>" in given.text
    wrong = client.post(
        reverse("alert_assign", kwargs={"alert_id": alert.id}), {"unit": "Elsewhere"}, follow=True
    )
    assert "Choose one of the units" in wrong.text
    assert "Taken on" in client.get(reverse("alerts")).text


def test_the_cars_view_shows_mark_sign_and_action_and_no_free_text(
    world: World, client: Client
) -> None:
    alert = raise_alert(world)
    for text in (
        client.get(reverse("alerts_car")).text,
        client.get(reverse("alert_rows"), {"alert": alert.id, "view": "car"}).text,
    ):
        assert "OA30 AAA" in text
        assert "STOP" in text
        for free in ("Stolen in a burglary", "Two men inside", "Northgate", "Stolen vehicles"):
            assert free not in text


def test_a_system_manager_makes_a_channel_and_sees_what_could_not_be_sent(world: World) -> None:
    manager = client_as(make_user("m", roles=(Role.SYSTEM_MANAGER,), unit=world.north))
    page = reverse("alert_channels")
    form = {"name": "Desk", "kind": "webhook", "address": "desk", "lowest_priority": "2"}
    refused = manager.post(page, form)
    assert refused.status_code == 422
    assert "begins with https://" in refused.text
    made = manager.post(page, form | {"address": "https://desk.example/in"})
    assert "shown this once" in made.text
    raise_alert(world)
    ChannelMessage.objects.using(OWNER).update(state="dead", problem="the receiver answered 500")
    listed = manager.get(page).text
    assert "the receiver answered 500" in listed
    assert "shown this once" not in listed
    assert "OA30" not in listed
    message = ChannelMessage.objects.using(OWNER).get()
    again = reverse("alert_message_again", kwargs={"message_id": message.pk})
    assert "waits to be sent again" in manager.post(again, follow=True).text
    assert manager.post(again).status_code == 404
    other = reverse("alert_channel_switch", kwargs={"channel_id": message.channel_id})
    assert "The channel is off" in manager.post(other, {"active": "no"}, follow=True).text


def test_a_list_manager_sees_outcomes_and_entries_to_look_at(world: World, client: Client) -> None:
    alert = raise_alert(world)
    client.post(reverse("alert_check", kwargs={"alert_id": alert.id}), {"says_same": "yes"})
    client.post(reverse("alert_outcome", kwargs={"alert_id": alert.id}), {"outcome": "stale-entry"})
    keeper = client_as(make_user("keeper", roles=(Role.LIST_MANAGER,), unit=world.north))
    text = keeper.get(reverse("alert_figures")).text
    assert "Stolen vehicles" in text
    assert "1 of 1 alert" in text
    for place in ("Northgate", "Mill Road", "OA30"):
        assert place not in text
