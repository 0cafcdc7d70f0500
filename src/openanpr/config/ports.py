"""Whether the addresses that the processes need are free, and when they answer."""

import socket
import time
from collections.abc import Callable

import httpx

from openanpr.config.values import Settings


class PortTaken(Exception):
    """An address is in use; the text says by which setting to choose another."""


def claim_check(settings: Settings) -> None:
    """Raise :class:`PortTaken` where another program holds one of our ports."""
    for name in ("web_port", "ingest_port", "live_port"):
        port = getattr(settings, name)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.host, port))
            except OSError as error:
                raise PortTaken(
                    f"Port {port} on {settings.host} is in use by another program. Stop that one, "
                    f"or choose another port: OPENANPR_{name.upper()}=... make run"
                ) from error


def wait_until_answering(
    urls: dict[str, str], *, timeout_s: float, check: Callable[[], None]
) -> list[str]:
    """Wait until every URL answers at all; the names of those that never did."""
    waiting = dict(urls)
    deadline = time.monotonic() + timeout_s
    while waiting and time.monotonic() < deadline:
        check()
        for name, url in list(waiting.items()):
            try:
                httpx.get(url, timeout=2.0)
            except httpx.TransportError:
                continue
            del waiting[name]
        time.sleep(0.1)
    return list(waiting)
