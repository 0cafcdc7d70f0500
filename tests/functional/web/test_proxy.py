"""Forwarding headers are believed from the proxy that a setting names, and from nobody else."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from openanpr.web.middleware.proxy import TrustedProxyMiddleware
from openanpr.web.settings_parts import transport

pytestmark = pytest.mark.security
SAID = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9, 198.51.100.7"}


@pytest.fixture
def seen(settings):
    settings.SECURE_PROXY_SSL_HEADER = transport(tls=True)["SECURE_PROXY_SSL_HEADER"]

    def ask(sender, proxies=("192.0.2.0/24", "2001:db8::/32")):
        settings.TRUSTED_PROXIES = proxies
        found = {}

        def view(request):
            found.update(secure=request.is_secure(), address=request.META["REMOTE_ADDR"])
            return HttpResponse()

        request = RequestFactory().get("/", headers=SAID, REMOTE_ADDR=sender)
        TrustedProxyMiddleware(view)(request)
        return found

    return ask


@pytest.mark.parametrize("sender", ["192.0.2.10", "2001:db8::1"])
def test_the_named_proxy_says_scheme_and_address(seen, sender):
    assert seen(sender) == {"secure": True, "address": "198.51.100.7"}


@pytest.mark.parametrize("sender", ["198.51.100.1", "2001:db9::1", "", "unix"])
def test_anybody_else_says_nothing(seen, sender):
    assert seen(sender) == {"secure": False, "address": sender}


def test_without_a_named_proxy_nobody_does(seen):
    assert seen("192.0.2.10", proxies=()) == {"secure": False, "address": "192.0.2.10"}
