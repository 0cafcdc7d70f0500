"""Where a webhook may go: never into our own network, unless the operator names the host.

The name is resolved once, every address is judged, and the connection goes to the address that was
judged, so that a name which changes its answer in between gains nothing.
"""

import ipaddress
import socket
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from openanpr.alerts.channels.interface import CannotDeliver

Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address that was judged: ``ip`` is where to connect, ``host`` what to ask and verify."""

    scheme: str
    host: str
    port: int
    ip: str
    path: str


def resolve(host: str, port: int) -> list[str]:
    """Every address of ``host``. Raises ``CannotDeliver``."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise CannotDeliver("the host's name cannot be resolved: check it") from None
    return [str(address[0]) for *_, address in found]


def judge(url: str, *, inside: Collection[str], resolve: Resolve = resolve) -> Target:
    """The target of ``url``. Raises ``CannotDeliver`` (final) for one that is not allowed.

    Only https, without a user name, to public addresses; a host named in ``inside`` may be in our
    own network and may use http.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise CannotDeliver("the address is not one", final=True) from None
    host = (parts.hostname or "").rstrip(".")
    trusted = host in inside
    if parts.scheme != "https" and not (trusted and parts.scheme == "http"):
        raise CannotDeliver("the address must begin with https://", final=True)
    if not host or parts.username or parts.password:
        raise CannotDeliver("the address must name a host and no user", final=True)
    addresses = resolve(host, port)
    if not trusted and not all(_is_public(one) for one in addresses):
        raise CannotDeliver(
            "the host lies in a private network: an operator can name it in "
            "OPENANPR_WEBHOOK_HOSTS_INSIDE",
            final=True,
        )
    path = parts.path or "/"
    return Target(
        scheme=parts.scheme,
        host=host,
        port=port,
        ip=addresses[0],
        path=f"{path}?{parts.query}" if parts.query else path,
    )


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_global and not address.is_multicast
