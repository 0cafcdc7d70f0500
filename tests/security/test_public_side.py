"""Nobody finds out through the public side whether a mark is held or listed.

Marks that are stored, listed, alerted on, complained of and unknown are sent in every form that
takes text; the answers, their headers, the queries behind them and their times are compared.
"""

import re
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from openanpr.alerts.services.dispatch import dispatch_waiting
from openanpr.config.database import DatabaseRole
from openanpr.postbox.models import PostboxCount
from openanpr.postbox.tickets import new_ticket
from openanpr.web.permissions import declared_urls
from tests.factories.alerts import World, acting_as, make_world
from tests.functional.test_url_roles import address_of

pytestmark = pytest.mark.security

HELD, LISTED, UNKNOWN = "OA30AAA", "OA31AAB", "OA32AAC"
# Tables that tell whether a mark is known; `complaint` is written to and never asked by a mark.
TELLING = (
    *("reads", "reads_held", "vrm_seen", "hit", "alert", "hotlist_entry", "hotlist_import_row"),
    *("search_run", "search_saved", "investigation", "authorisation_request", "live_search"),
    *("audit_event", "outbox", "ingest_quarantine", "site", "camera"),
)
ROUNDS = 12
NO_MORE_THAN = 3.0
"""Bound of the ratio of medians: far above what chance does, far below what a look-up would."""


@pytest.fixture
def world(db: None) -> World:
    return make_world(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture
def known(world: World, superuser) -> None:
    """One mark is held and seen often, another is on a list and has raised an alert."""
    for number in range(200):
        superuser.execute(
            "insert into vrm_seen (vrm, first_seen, last_seen, reads) values (%s, %s, %s, 9) "
            "on conflict do nothing",
            (HELD if number == 0 else f"OA40A{number:02}", world.at, world.at),
        )
    world.hit(world.entry(world.hotlist(), LISTED))
    with acting_as(DatabaseRole.WORKER):
        dispatch_waiting(at=world.at)


def complain(mark: str, at: datetime) -> HttpResponse:
    PostboxCount.objects.all().delete()
    ticket = new_ticket("complaint", at=at - timedelta(hours=1))
    return Client().post(
        "/public/complain/form/",
        {
            "ticket": ticket.signed,
            "about": "misread",
            "text": f"Is {mark} on a list?",
            "said_vrm": mark,
            "name": mark,
            "contact": f"{mark} Mill Lane",
        },
    )


def helpful(mark: str, _at: datetime) -> HttpResponse:
    return Client().post("/public/why/helpful/", {"helpful": "yes", "vrm": mark})


def looked_for(mark: str, _at: datetime) -> HttpResponse:
    return Client().get("/public/figures/", {"vrm": mark, "q": mark})


FORMS: tuple[Callable[[str, datetime], HttpResponse], ...] = (complain, helpful, looked_for)


def likeness(answer: HttpResponse, mark: str) -> tuple[object, ...]:
    """What of an answer may not differ: all but the reference and the request's own number."""
    text = answer.content.decode().replace(mark, "MARK")
    text = re.sub(r"C-[A-Z0-9]{4}-[A-Z0-9]{4}", "REFERENCE", text)
    headers = {name: value for name, value in answer.items() if name != "X-Request-ID"}
    return answer.status_code, text, headers, dict(answer.cookies)


def kinds(queries: CaptureQueriesContext) -> list[str]:
    """Each query with its values taken out."""
    found = []
    for query in queries.captured_queries:
        text = re.sub(r"'(?:[^']|'')*'", "?", query["sql"])
        found.append(re.sub(r"\b\d+\b", "?", text))
    return found


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.usefixtures("known")
def test_known_and_unknown_marks_get_the_same_answer_by_the_same_queries(world, form) -> None:
    answers, asked = [], []
    form(UNKNOWN, world.at)  # what the first request alone does (caches) is not compared
    for mark in (HELD, LISTED, UNKNOWN):
        with CaptureQueriesContext(connections["default"]) as queries:
            answers.append(likeness(form(mark, world.at), mark))
        asked.append(kinds(queries))
    assert answers[0] == answers[1] == answers[2]
    assert asked[0] == asked[1] == asked[2]


@pytest.mark.usefixtures("known")
def test_they_take_the_same_time(world, record_testsuite_property) -> None:
    times: dict[str, list[float]] = {HELD: [], LISTED: [], UNKNOWN: []}
    for turn in range(ROUNDS):
        # Each mark comes first, second and third as often, so that no place in the row tells.
        order = [*times][turn % 3 :] + [*times][: turn % 3]
        for mark in order:
            began = time.perf_counter()
            complain(mark, world.at)
            times[mark].append(time.perf_counter() - began)
    middles = {mark: statistics.median(spent) for mark, spent in times.items()}
    ratio = max(middles.values()) / min(middles.values())
    record_testsuite_property("public side, ratio of medians", round(ratio, 3))
    assert ratio < NO_MORE_THAN


def public_addresses() -> Iterator[tuple[str, str]]:
    for url in declared_urls():
        if url.permission and url.permission.public and url.pattern.startswith("public/"):
            for method in url.permission.methods:
                yield method, address_of(url).replace("/x/", "/figures/")


@pytest.mark.usefixtures("known")
def test_no_public_page_asks_a_table_that_knows_marks(world) -> None:
    seen = list(public_addresses())
    assert len(seen) > 5
    for method, address in seen:
        with CaptureQueriesContext(connections["default"]) as queries:
            Client().generic(method, f"{address}?vrm={HELD}")
        text = " ".join(query["sql"] for query in queries.captured_queries)
        named = set(re.findall(r'(?:from|join|into|update)\s+"?(\w+)"?', text, re.IGNORECASE))
        assert not named & set(TELLING), (address, named)
