"""The live stream over real HTTP, from the process that serves it in service."""

import itertools
import signal
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
import pytest
from django.contrib.sessions.models import Session

from openanpr.accounts.models import RoleHeld, User
from openanpr.alerts.dispatch import dispatch_all
from openanpr.alerts.models import Alert, AlertDelivery
from openanpr.config.database import DatabaseRole
from openanpr.config.postgres.cluster import Cluster
from openanpr.config.values import get_settings
from openanpr.hotlists.models import HotlistEntry, HotlistSnapshot
from tests.factories.alerts import OWNER, World, acting_as, make_world
from tests.integration.alerts.screens import (
    Screen,
    live_server,
    sign_in,
    ticket_for,
    worker,
)

_starts = itertools.count(1_000, 1_000)

Open = Callable[..., Screen]


@pytest.fixture(scope="module")
def server(cluster: Cluster) -> Iterator[str]:
    with live_server() as (address, _):
        yield address


@pytest.fixture
def world(db: None, superuser: psycopg.Connection[Any]) -> World:
    """A world of the present hour. The tables are emptied between tests, which no running process
    ever sees in service: event numbers go on rising, as they do there."""
    world = make_world(datetime.now(UTC).replace(microsecond=0))
    start = next(_starts)
    superuser.execute("select setval('alert_event_sequence_seq', %s)", [start])
    superuser.commit()
    return world


@pytest.fixture
def screen(server: str) -> Open:
    """Open the stream as an officer."""

    def open_screen(user: User, **options: Any) -> Screen:
        ticket = ticket_for(user, sign_in(user), at=datetime.now(UTC))
        return Screen(server, ticket, **options)

    return open_screen


def raise_alert(world: World, **fields: Any) -> Alert:
    """A hit of a new list, dispatched."""
    entry = world.entry(world.hotlist(f"List {time.monotonic_ns()}"))
    hit = world.hit(entry, **fields)
    with acting_as(DatabaseRole.WORKER):
        dispatch_all()
    return Alert.objects.using(OWNER).get(hit=hit)


def wait_for(found: Callable[[], bool]) -> bool:
    """Whether something becomes true soon."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if found():
            return True
        time.sleep(0.05)
    return False


def test_an_alert_comes_to_the_screen_and_its_delivery_is_noted(world: World, screen: Open) -> None:
    officer = world.officer("north")
    with screen(officer, headers={"Origin": get_settings().web_origin}) as open_screen:
        alert = raise_alert(world)
        heard = open_screen.next()
    assert open_screen.headers["access-control-allow-origin"] == get_settings().web_origin
    assert open_screen.headers["content-type"].startswith("text/event-stream")
    assert (heard.name, heard.data["alert"], heard.data["kind"]) == (
        "alert",
        str(alert.id),
        "raised",
    )
    assert "OA30AAA" not in str(heard)
    assert "Northgate" not in str(heard)
    assert wait_for(
        lambda: (
            AlertDelivery.objects.using(OWNER)
            .filter(alert=alert, user=officer, delivered_at__isnull=False)
            .exists()
        )
    )


@pytest.mark.parametrize("by", ["header", "address"])
def test_a_screen_that_comes_back_misses_nothing(world: World, screen: Open, by: str) -> None:
    officer = world.officer("north")
    with screen(officer) as first:
        raise_alert(world)
        last = first.next().sequence
    missed = [raise_alert(world), raise_alert(world)]
    resume: dict[str, Any] = (
        {"headers": {"Last-Event-ID": str(last)}}
        if by == "header"
        else {"params": {"after": str(last)}}
    )
    with screen(officer, **resume) as again:
        assert [again.next().data["alert"] for _ in missed] == [str(one.id) for one in missed]
        newest = raise_alert(world)
        assert again.next().data["alert"] == str(newest.id)


def test_nobody_hears_of_what_is_not_for_them(world: World, screen: Open) -> None:
    north = world.officer("north")
    south = world.officer("south", unit=world.south)
    with screen(north) as his, screen(south) as hers:
        alert = raise_alert(world)
        assert his.next().data["alert"] == str(alert.id)
        assert hers.nothing_within(1.5)
    assert not AlertDelivery.objects.using(OWNER).filter(user=south).exists()


@pytest.mark.security
def test_a_role_that_ends_ends_the_stream(world: World, screen: Open) -> None:
    officer = world.officer("north")
    with screen(officer) as open_screen:
        RoleHeld.objects.using(OWNER).update(valid_to=datetime.now(UTC))
        heard = open_screen.next()
        assert (heard.name, heard.data) == ("end", {"reason": "not-entitled"})
        assert open_screen.is_over()


@pytest.mark.security
def test_signing_out_ends_the_stream(world: World, screen: Open) -> None:
    officer = world.officer("north")
    with screen(officer) as open_screen:
        Session.objects.using(OWNER).all().delete()
        heard = open_screen.next()
        assert (heard.name, heard.data) == ("end", {"reason": "signed-out"})
        assert open_screen.is_over()


@pytest.mark.security
def test_the_stream_opens_only_with_a_good_ticket_from_our_pages(world: World, server: str) -> None:
    now = datetime.now(UTC)
    officer = world.officer("north")
    lapsed = world.officer("lapsed", training_ends=now)
    session = sign_in(officer)
    good = ticket_for(officer, session, at=now)
    old = ticket_for(officer, session, at=now - timedelta(minutes=2))
    signed_out = sign_in(officer)
    stale = ticket_for(officer, signed_out, at=now)
    signed_out.delete()
    untrained = ticket_for(lapsed, sign_in(lapsed), at=now)

    def status(ticket: str, **headers: str) -> int:
        params = {"ticket": ticket}
        return httpx.get(f"{server}/alerts/stream", params=params, headers=headers).status_code

    assert status("") == 401
    assert status(good[:-8] + "AAAAAA==") == 401
    assert status(old) == 401
    assert status(stale) == 403
    assert status(untrained) == 403
    assert status(good, Origin="https://evil.example") == 403
    assert httpx.post(f"{server}/alerts/stream", params={"ticket": good}).status_code == 405
    assert httpx.get(f"{server}/alerts/").status_code == 404


def test_a_restart_loses_nothing_and_a_stop_ends_open_streams_and_the_process(
    world: World, cluster: Cluster
) -> None:
    officer = world.officer("north")
    old = raise_alert(world)
    with live_server() as (address, running):
        ticket = ticket_for(officer, sign_in(officer), at=datetime.now(UTC))
        # What happened before the process started is not lost to a screen that comes back.
        with Screen(address, ticket, params={"after": "0"}) as open_screen:
            assert open_screen.next().data["alert"] == str(old.id)
            running.send_signal(signal.SIGTERM)
            heard = open_screen.next()
            assert (heard.name, heard.data) == ("end", {"reason": "stopping"})
            assert open_screen.is_over()
        assert running.wait(10) == 0


def test_the_worker_publishes_lists_and_dispatches_by_itself(world: World, screen: Open) -> None:
    officer = world.officer("north")
    entry = world.entry(world.hotlist())
    with screen(officer) as open_screen, worker() as running:
        assert wait_for(lambda: HotlistSnapshot.objects.using(OWNER).exists())
        assert HotlistSnapshot.objects.using(OWNER).get().entry_count == 1
        hit = world.hit(entry)
        heard = open_screen.next()
        assert heard.data["alert"] == str(Alert.objects.using(OWNER).get(hit=hit).id)
        HotlistEntry.objects.using(OWNER).update(
            state="withdrawn", withdrawn_at=world.at, withdrawn_reason="Found"
        )
        type(entry.hotlist).objects.using(OWNER).update(revision=2)
        assert wait_for(lambda: HotlistSnapshot.objects.using(OWNER).filter(entry_count=0).exists())
        running.terminate()
        assert running.wait(10) == 0
