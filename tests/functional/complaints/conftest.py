from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from openanpr.postbox.tickets import new_ticket
from tests.factories.alerts import World, make_world

Send = Callable[..., HttpResponse]
FORM = "/public/complain/form/"


@pytest.fixture
def world(db: None) -> World:
    """A world of the present hour, since pages take the time from the clock."""
    return make_world(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture
def send(world: World) -> Send:
    """Sends the form of the public as somebody who opened it an hour ago."""

    def sent(client: Client | None = None, **changes: Any) -> HttpResponse:
        ticket = new_ticket("complaint", at=world.at - timedelta(hours=1))
        values = {
            "ticket": ticket.signed,
            "about": "misread",
            "text": "An officer stopped me; it was another car's number.",
            "name": "Alex Example",
            "contact": "alex@example.org",
        }
        return (client or Client()).post(FORM, values | changes)

    return sent
