"""Every URL of the web process, called by everybody, against a table written by hand.

The views themselves do not run here: a middleware of the test, standing after all of ours, answers
in their place. So what is tested is who gets as far as the view, for any object and any form.
"""

import tomllib
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from openanpr.access.vocabulary import Role
from openanpr.web.middleware import permission as door
from openanpr.web.permissions import declared_urls
from openanpr.web.signals import page_refused
from tests.factories.accounts import make_user, sign_in

REACHED = 299
METHODS = ("GET", "POST")
OTHER_METHODS = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
EVERYBODY = {"anonymous", "without-mfa", "no-role", *(role.value for role in Role)}
# Words that a row may use besides the names of roles.
GROUPS = {
    "anyone": EVERYBODY,
    "before-mfa": EVERYBODY - {"anonymous"},
    "signed-in": EVERYBODY - {"anonymous", "without-mfa"},
}
SAMPLES: dict[str, object] = {
    "int": 1,
    "str": "x",
    "slug": "x",
    "uuid": uuid.UUID(int=1),
    "path": "x",
}

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("db")]


class ViewReached:
    """Answers instead of the view, once every middleware has let the request through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, *_: object) -> HttpResponse:
        return HttpResponse(status=REACHED)


def table() -> dict[str, dict[str, Any]]:
    with Path(__file__).with_name("url_roles.toml").open("rb") as file:
        rows = tomllib.load(file)["url"]
    names = [row["name"] for row in rows]
    assert len(names) == len(set(names)), "a URL stands twice in the table"
    return {row["name"]: row for row in rows}


def allowed_by(row: dict[str, Any]) -> set[str]:
    allowed: set[str] = set()
    for word in row["roles"]:
        allowed |= GROUPS.get(word, {word})
    assert allowed <= EVERYBODY, f"unknown words in the row of {row['name']}"
    return allowed


def test_the_table_lists_exactly_the_urls_that_exist():
    assert {url.name for url in declared_urls()} == set(table())


def test_every_url_has_a_declared_permission():
    assert [url.pattern for url in declared_urls() if url.permission is None] == []


@pytest.fixture
def only_the_doors(settings, monkeypatch):
    """No view runs, no refusal is drawn or written down: what is tested here is the door alone."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.ViewReached"]
    monkeypatch.setattr(page_refused, "send", lambda **_: [])
    monkeypatch.setattr(door, "refused", lambda *_, **__: HttpResponse(status=403))


@pytest.mark.usefixtures("only_the_doors")
def test_every_url_lets_in_whom_the_table_names_and_nobody_else():
    clients = everybody()
    addresses = {url.name: address_of(url) for url in declared_urls()}
    differing = []
    for name, row in table().items():
        allowed = allowed_by(row)
        for method in METHODS:
            for who, client in clients.items():
                expected = who in allowed and method in row["methods"]
                answer = client.generic(method, addresses[name])
                if (answer.status_code == REACHED) is not expected:
                    differing.append((name, method, who, answer.status_code))
                elif not expected:
                    assert answer.status_code in {302, 403, 405}, (name, method, who)
    assert differing == []


@pytest.mark.usefixtures("only_the_doors")
def test_no_url_answers_a_method_that_the_table_does_not_name():
    client = sign_in(Client(), make_user(roles=tuple(Role)))
    addresses = {url.name: address_of(url) for url in declared_urls()}
    for name, row in table().items():
        for method in OTHER_METHODS:
            expected = REACHED if method == "HEAD" and "GET" in row["methods"] else 405
            assert client.generic(method, addresses[name]).status_code == expected, (name, method)


def everybody() -> dict[str, Client]:
    """A signed-in client for each role held alone, and for those who hold none."""
    clients = {
        "anonymous": Client(),
        "without-mfa": sign_in(Client(), make_user(roles=tuple(Role)), second_factor=False),
        "no-role": sign_in(Client(), make_user()),
    }
    for role in Role:
        clients[role.value] = sign_in(Client(), make_user(roles=(role,)))
    return clients


def address_of(url: Any) -> str:
    kinds = {
        name: type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        for name, converter in url.converters.items()
    }
    return reverse(url.name, kwargs={name: SAMPLES[kind] for name, kind in kinds.items()})
