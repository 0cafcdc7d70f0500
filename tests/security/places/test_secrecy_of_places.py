"""Exact places are a right of their own: nobody without it learns them by any address."""

import re
from collections.abc import Iterable
from datetime import timedelta
from itertools import zip_longest

import pytest
from django.test import Client
from django.urls import reverse

from openanpr.access.vocabulary import Role
from openanpr.cameras import presenters, queries
from openanpr.cameras.views import register
from openanpr.search.models import SearchRun
from tests.factories.accounts import client_as
from tests.security.places.site_world import (
    COVERT,
    LONELY,
    OPEN,
    TRUTHS,
    SiteWorld,
    make_site_world,
)
from tests.security.places.truth import Truth, found_in
from tests.security.places.walk import Answer, fetched, rows, searched, sent_empty

pytestmark = pytest.mark.security
EVERYBODY = {"anyone", "before-mfa", "signed-in"}
ALL_ROLES = EVERYBODY | {role.value for role in Role}
# What grows by what was looked at before, how the machine fares at the moment, and archives,
# whose bytes say nothing line by line.
GROWS = {
    "audit",
    "search",
    "search_kind",
    "own_record",
    "investigation_review",
    "oversight_report",
    "health",
    "export xlsx",
}
# What differs from one request to the next without saying anything of a place.
_PASSING = re.compile(
    rb"[A-Za-z0-9_:/+=.-]{32,}|[0-9a-f]{8}-[0-9a-f-]{27}|\d\d:\d\d(:\d\d)?"
    rb"|\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]+ \d{4}|\d+ (second|minute|hour|day)s?"
    rb'|audit row \d+|"export": "?\d+|search-\d+|^\d+,'
)


@pytest.fixture
def sites(db, superuser) -> SiteWorld:
    return make_site_world(superuser)


def looked(sites: SiteWorld, client: Client) -> list[Answer]:
    """Every page that any role opens, every search and every export."""
    answers = [*fetched(client, ALL_ROLES, sites.kwargs)]
    runs = SearchRun.objects.order_by("-asked_at").values_list("id", flat=True)
    at = sites.world.at - timedelta(hours=1)  # no part of a period may still lie ahead
    return [*answers, *searched(client, sites.investigation, at, run_of=lambda: runs[0])]


def leaks(answers: Iterable[Answer], truths: tuple[Truth, ...]) -> set[tuple[str, str, str]]:
    return {
        (answer.method, answer.name, told)
        for answer in answers
        for truth in truths
        for told in found_in(answer.content, truth)
    }


def test_nobody_without_the_right_learns_a_place(sites):
    """Neither by what is shown, nor by how it changes when every site gets another place."""
    everybody = client_as(sites.person(*Role))
    # Opened once before, so that it is not new any more.
    everybody.get(reverse("alert", kwargs={"alert_id": sites.kwargs["alert_id"]}))
    before = looked(sites, everybody)
    assert leaks(before, TRUTHS) == set()
    answered = {answer.name for answer in before if answer.status == 200}
    assert len(answered) > len(rows()) / 2, "most addresses must answer, or nothing is looked at"
    assert {"search mark", "search place", "export csv", "alert", "cameras"} <= answered

    # An order, a bound of a map, a rounded sum: whatever depends on the place tells of it.
    sites.tell_differently()
    after = {(one.method, one.name): one for one in looked(sites, everybody)}
    changed = {
        one.name: lines
        for one in before
        if one.name not in GROWS
        and (lines := _differing(one, after.get((one.method, one.name), one)))
    }
    assert changed == {}
    assert leaks(sent_empty(everybody, ALL_ROLES, sites.kwargs), TRUTHS) == set()


def test_each_role_by_itself_learns_no_place(sites):
    found = leaks(fetched(Client(), {"anyone"}, sites.kwargs), TRUTHS)
    for role in Role:
        client = client_as(sites.person(role))
        found |= {
            (role.value, *one) for one in leaks(fetched(client, {role.value}, sites.kwargs), TRUTHS)
        }
    assert found == set()


def test_who_has_the_right_learns_open_places_and_no_covert_one(sites, monkeypatch):
    answers = looked(sites, client_as(sites.person(*Role, location=True)))
    for truth in (OPEN, LONELY):
        told = {name for _, name, _ in leaks(answers, (truth,))}
        assert {"cameras", "search mark", "export csv", "export xlsx"} <= told
    assert leaks(answers, (COVERT,)) == set()

    # If anybody ever forgets to ask for the right, the walk says where.
    real = queries.place_of
    monkeypatch.setattr(
        presenters, "place_of", lambda camera, *, with_location: real(camera, with_location=True)
    )
    client = client_as(sites.person(Role.CAMERA_MANAGER))
    planted = leaks(fetched(client, {"camera-manager"}, sites.kwargs), (OPEN,))
    assert ("GET", "cameras", "word:Vexham Mill") in planted


def test_an_order_by_place_is_found(sites, monkeypatch):
    def northmost_first(cameras, **options):
        return presenters.camera_lines(
            sorted(cameras, key=lambda one: -one.site.latitude), **options
        )

    monkeypatch.setattr(register, "camera_lines", northmost_first)
    client = client_as(sites.person(Role.CAMERA_MANAGER))

    def page() -> Answer:
        return next(
            one
            for one in fetched(client, {"camera-manager"}, sites.kwargs)
            if one.name == "cameras"
        )

    before = page()
    assert not _differing(before, page())
    sites.tell_differently()
    assert _differing(before, page())


def _differing(one: Answer, other: Answer) -> list[bytes]:
    """The lines of either that the other does not hold at the same place."""
    pairs = zip_longest(_lasting(one), _lasting(other), fillvalue=b"")
    return [line for pair in pairs if pair[0] != pair[1] for line in pair]


def _lasting(answer: Answer) -> list[bytes]:
    return [_PASSING.sub(b"~", line) for line in answer.content.splitlines()]
