"""Messages to channels: queued with the alert, retried, given up, sent again."""

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.db import connections

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from openanpr.alerts.channels.interface import CannotDeliver, Notice
from openanpr.alerts.channels.models import AlertChannel, ChannelMessage
from openanpr.alerts.channels.services.managing import make_channel, send_again, switch_channel
from openanpr.alerts.channels.services.sending import PAUSES, send_next
from openanpr.alerts.channels.vocabulary import ChannelKind
from openanpr.alerts.channels.webhook import Webhook, signature
from openanpr.alerts.requester import Requester
from openanpr.alerts.services.dispatch import dispatch_waiting
from openanpr.config.database import DatabaseRole
from tests.factories.alerts import OWNER, World, acting_as


class Carrier:
    """A channel that answers as told and keeps what it was given."""

    def __init__(self, *problems: CannotDeliver | None) -> None:
        self._problems = list(problems)
        self.given: list[Notice] = []

    def __call__(self, channel: AlertChannel) -> "Carrier":
        return self

    def send(self, notice: Notice) -> None:
        self.given.append(notice)
        problem = self._problems.pop(0) if self._problems else None
        if problem is not None:
            raise problem


@pytest.fixture
def manager(world: World) -> User:
    return world.officer("manager", role=Role.SYSTEM_MANAGER)


@pytest.fixture
def channel(world: World, manager: User) -> AlertChannel:
    return make_channel(
        name="Desk",
        kind=ChannelKind.WEBHOOK,
        address="https://desk.example/in",
        lowest_priority=2,
        by=Requester(user=manager),
        at=world.at,
    )


def dispatched(world: World, **list_fields: Any) -> None:
    world.hit(world.entry(world.hotlist(**list_fields)))
    with acting_as(DatabaseRole.WORKER):
        dispatch_waiting(at=world.at)


def send(carrier: Carrier, at: datetime) -> bool:
    with acting_as(DatabaseRole.WORKER):
        return send_next(at=at, carrier=carrier)


def message() -> ChannelMessage:
    return ChannelMessage.objects.using(OWNER).get()


def test_an_alert_goes_out_once_and_names_no_mark_and_no_place(
    world: World, channel: AlertChannel
) -> None:
    dispatched(world)
    carrier = Carrier()
    assert send(carrier, world.at)
    assert not send(carrier, world.at + timedelta(hours=1))
    assert message().state == "sent"
    body = carrier.given[0].body().decode()
    for secret in ("OA30AAA", "Northgate", "Mill Road", "Stolen"):
        assert secret not in body
    with connections[OWNER].cursor() as cursor:
        cursor.execute("select payload from audit_event where verb = 'channel.send'")
        ((payload,),) = cursor.fetchall()
    assert json.loads(payload)["result"] == "sent"


@pytest.mark.security
def test_covert_and_lesser_alerts_and_switched_off_channels_send_nothing(
    world: World, channel: AlertChannel, manager: User
) -> None:
    dispatched(world, name="Covert", covert=True, told_units=["North response"])
    dispatched(world, name="Lesser", priority=3)
    switch_channel(channel_id=channel.pk, active=False, by=Requester(user=manager), at=world.at)
    dispatched(world, name="Off")
    assert not ChannelMessage.objects.using(OWNER).exists()


def test_a_message_is_tried_again_later_and_later_then_given_up_and_can_be_sent_again(
    world: World, channel: AlertChannel, manager: User
) -> None:
    dispatched(world)
    carrier = Carrier(*[CannotDeliver("the receiver answered 500")] * (len(PAUSES) + 1))
    at = world.at
    for pause in PAUSES:
        assert send(carrier, at)
        assert not send(carrier, at + pause - timedelta(seconds=1))
        at += pause
    assert send(carrier, at)
    dead = message()
    assert (dead.state, dead.problem) == ("dead", "the receiver answered 500")
    assert {notice.message for notice in carrier.given} == {str(dead.pk)}
    assert send_again(message_id=dead.pk, by=Requester(user=manager), at=at)
    assert send(carrier, at)
    assert message().state == "sent"


def test_what_can_never_arrive_is_given_up_at_once(world: World, channel: AlertChannel) -> None:
    dispatched(world)
    send(Carrier(CannotDeliver("the host lies in a private network", final=True)), world.at)
    assert message().state == "dead"


def test_a_message_whose_sender_was_killed_comes_due_again(
    world: World, channel: AlertChannel
) -> None:
    dispatched(world)

    class Killed(Carrier):
        def send(self, notice: Notice) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send(Killed(), world.at)
    assert not send(Carrier(), world.at + timedelta(minutes=1))
    assert send(Carrier(), world.at + timedelta(minutes=3))
    assert message().state == "sent"


@pytest.mark.security
def test_the_pages_cannot_read_a_secret(world: World, channel: AlertChannel) -> None:
    with connections["default"].cursor() as cursor, pytest.raises(Exception, match="permission"):
        cursor.execute("select secret from alert_channel")


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """A receiver on this machine; yields its address and what it got."""
    got: list[tuple[dict[str, str], bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((dict(self.headers), body))
            self.send_response(302 if self.path == "/elsewhere" else 204)
            self.send_header("Location", "http://127.0.0.1/")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}", got
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_webhook_arrives_signed_and_follows_no_redirect(
    receiver: tuple[str, list[tuple[dict[str, str], bytes]]], at: datetime
) -> None:
    address, got = receiver
    notice = Notice(
        message="m", alert="a", event="raised", raised_at="t", priority=1, action="stop", page="p"
    )
    inside = {"localhost"}
    Webhook(url=f"{address}/in", secret="s", at=at, inside=inside).send(notice)
    ((headers, body),) = got
    assert body == notice.body()
    assert headers["OpenANPR-Message"] == "m"
    assert headers["OpenANPR-Signature"] == signature("s", body, at=at)
    with pytest.raises(CannotDeliver, match="elsewhere"):
        Webhook(url=f"{address}/elsewhere", secret="s", at=at, inside=inside).send(notice)
    with pytest.raises(CannotDeliver, match="https"):
        Webhook(url=f"{address}/in", secret="s", at=at).send(notice)
    assert len(got) == 2
