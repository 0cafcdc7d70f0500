"""Reminders: once as a thing falls due, once as it is overdue, each week after; only counts."""

from datetime import UTC, datetime, timedelta

import pytest

from openanpr.access.vocabulary import Role
from openanpr.alerts.channels.interface import CannotDeliver
from openanpr.alerts.channels.models import AlertChannel
from openanpr.assurance.services.reminding import remind
from openanpr.audit.models import AuditEvent
from openanpr.config.database import DatabaseRole
from tests.factories.accounts import make_user
from tests.factories.alerts import OWNER, World, acting_as, make_world

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


class Outbox:
    """Keeps what would be sent; refuses while ``broken``."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, bytes]] = []
        self.broken = False

    def to(self, name: object) -> "Letter":
        return Letter(self, str(name))


class Letter:
    def __init__(self, outbox: Outbox, name: str) -> None:
        self.outbox, self.name = outbox, name

    def send(self, notice) -> None:
        if self.outbox.broken:
            raise CannotDeliver("the mail server cannot be reached")
        self.outbox.sent.append((self.name, notice.text, notice.body()))


@pytest.fixture
def world(db: None) -> World:
    return make_world(AT)


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


def run(outbox: Outbox, *, days: float = 0) -> list[str]:
    """Who was sent something in a run so many days after ``AT``."""
    before = len(outbox.sent)
    with acting_as(DatabaseRole.JOBS):
        remind(at=AT + days * DAY, post=outbox.to, carrier=outbox.to)
    return [name for name, _, _ in outbox.sent[before:]]


def make_manager(world: World) -> None:
    user = world.officer("lists", role=Role.LIST_MANAGER, email="lists@example.org")
    assert user.email


def test_a_manager_is_reminded_once_a_stage(world, outbox):
    make_manager(world)
    world.hotlist("Stolen from Mill Lane", review_at=AT + 16 * DAY)
    found = {day: run(outbox, days=day) for day in (0, 3, 4, 15, 16, 17, 22, 23)}
    told = [day for day, names in found.items() if names == ["lists@example.org"]]
    assert told == [3, 16, 23]
    texts = " ".join(f"{text} {body!r}" for _, text, body in outbox.sent)
    assert "1 thing falls due within 14 days." in texts
    assert "1 thing is overdue." in texts
    assert "/due/" in texts
    assert "Mill Lane" not in texts


def test_what_could_not_be_sent_is_sent_by_the_next_run_and_said(world, outbox):
    make_manager(world)
    world.hotlist(review_at=AT - DAY)  # and the rules of the test are a year old
    outbox.broken = True
    assert run(outbox) == []
    event = AuditEvent.objects.using(OWNER).get(verb="deadline.remind")
    assert (event.payload["failed"], event.payload["overdue"]) == (1, 2)
    outbox.broken = False
    assert run(outbox, days=0.5) == ["lists@example.org"]
    assert run(outbox, days=0.6) == []


def test_a_channel_that_asks_for_it_is_told_of_what_is_nobodys(world, outbox):
    maker = make_user(unit=world.north, trained=False)
    values = {"kind": "email", "force": "FX", "made_by": maker, "made_at": AT}
    AlertChannel.objects.using(OWNER).create(name="Desk", address="a@x.org", **values)
    asked = AlertChannel.objects.using(OWNER).create(
        name="Command", address="b@x.org", reminders=True, **values
    )
    world.hotlist("Late", review_at=AT - DAY)
    world.hotlist("Covert", review_at=AT - DAY, covert=True)
    assert run(outbox) == [str(asked)]
    assert "2 things are overdue." in outbox.sent[0][1]


def test_a_closed_account_and_another_force_are_told_nothing(world, outbox):
    world.hotlist(review_at=AT - DAY)
    world.officer("gone", role=Role.LIST_MANAGER, email="gone@example.org", is_active=False)
    world.officer("other", role=Role.SEARCHER, email="other@example.org")
    assert run(outbox) == []
