"""What every answer tells the browser, and what no page holds."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.accounts import client_as, make_user

from openanpr.access.vocabulary import Role

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("db")]


def policy_of(answer) -> dict[str, list[str]]:
    parts = answer["Content-Security-Policy"].split(";")
    return {words[0]: words[1:] for part in parts if (words := part.split())}


@pytest.mark.parametrize("path", ["/account/login/", "/nothing/", "/alive"])
def test_the_content_policy_allows_nothing_inline_and_nothing_from_elsewhere(path, settings):
    policy = policy_of(Client().get(path))
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["worker-src"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    assert policy["connect-src"] == ["'self'", settings.SETTINGS.live_origin]
    for words in policy.values():
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "blob:"} & set(words)


def test_the_other_headers():
    answer = Client().get(reverse("account_login"))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_each_request_has_an_id_of_our_own():
    first = Client().get("/alive", headers={"X-Request-ID": "forged"})["X-Request-ID"]
    second = Client().get("/alive")["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{32}", first)
    assert first != second


def test_cookies_are_kept_from_scripts_and_other_sites():
    client = Client()
    client.get(reverse("account_login"))
    cookie = client.cookies["openanpr_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    "name",
    ["home", "your_account", "accounts_list", "usersessions_list", "account_change_password"],
)
def test_pages_hold_no_inline_script_style_or_handler(name):
    client = client_as(make_user(roles=(Role.SYSTEM_MANAGER,)))
    html = client.get(reverse(name)).text
    assert not re.search(r"<[^>]+\s(style|on[a-z]+)\s*=", html)
    assert "javascript:" not in html
    for script in re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL):
        assert script == ""
    assert "<style" not in html


def test_pages_of_tls_installations_ask_for_nothing_else():
    from openanpr.web.settings_parts import transport

    assert transport(tls=False) == {}
    secure = transport(tls=True)
    assert secure["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert secure["SESSION_COOKIE_SECURE"]
    assert secure["CSRF_COOKIE_SECURE"]
