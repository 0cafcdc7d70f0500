"""Where a webhook may go, and how it is signed."""

import hashlib
import hmac
import json
from collections.abc import Sequence

import pytest

from openanpr.alerts.channels.addresses import judge
from openanpr.alerts.channels.interface import CannotDeliver, Notice
from openanpr.alerts.channels.webhook import signature
from tests.unit.alerts.cases import AT


def answering(*addresses: str) -> "Resolver":
    return Resolver(addresses)


class Resolver:
    """A resolver that says what it is told to."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self._addresses = addresses

    def __call__(self, host: str, port: int) -> Sequence[str]:
        return self._addresses


def test_a_public_https_address_is_reached_at_the_address_that_was_judged() -> None:
    target = judge("https://desk.example/in?x=1", inside=(), resolve=answering("93.184.216.34"))
    assert (target.ip, target.host, target.port) == ("93.184.216.34", "desk.example", 443)
    assert target.path == "/in?x=1"


@pytest.mark.security
@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.0.9", "172.16.0.1", "169.254.169.254"),
        *("::1", "::", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "224.0.0.1", "100.64.0.1"),
    ],
)
def test_our_own_network_is_out_of_reach(address: str) -> None:
    for answers in ((address,), ("93.184.216.34", address)):
        with pytest.raises(CannotDeliver, match="private network") as refused:
            judge("https://desk.example/", inside=(), resolve=answering(*answers))
        assert refused.value.final


@pytest.mark.security
@pytest.mark.parametrize(
    "url",
    [
        *("http://desk.example/", "ftp://desk.example/", "file:///etc/passwd", "https:///x"),
        *("https://me:word@desk.example/", "https://desk.example:99999/", "desk.example"),
    ],
)
def test_other_schemes_users_and_no_host_are_refused(url: str) -> None:
    with pytest.raises(CannotDeliver):
        judge(url, inside=(), resolve=answering("93.184.216.34"))


def test_a_host_that_the_operator_names_may_be_inside() -> None:
    target = judge("http://desk:8080/", inside={"desk"}, resolve=answering("10.0.0.4"))
    assert (target.scheme, target.ip, target.port) == ("http", "10.0.0.4", 8080)


def test_a_receiver_can_check_the_signature() -> None:
    given = dict(part.split("=") for part in signature("secret", b"{}", at=AT).split(","))
    assert int(given["t"]) == int(AT.timestamp())
    signed = f"{given['t']}.".encode() + b"{}"
    assert given["v1"] == hmac.new(b"secret", signed, hashlib.sha256).hexdigest()


def test_a_notice_names_no_mark_and_no_place() -> None:
    notice = Notice(
        message="m", alert="a", event="raised", raised_at="t", priority=1, action="stop", page="p"
    )
    assert set(json.loads(notice.body())) == {
        *("message", "alert", "event", "raised_at", "priority", "action", "page"),
    }
