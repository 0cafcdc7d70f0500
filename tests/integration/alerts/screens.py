"""A live process on a free port, and screens that listen to it over real HTTP."""

import contextlib
import json
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

import httpx
from django.contrib.sessions.backends.db import SessionStore

from openanpr.accounts.models import User
from openanpr.alerts import tickets
from openanpr.config.supervisor import granian
from openanpr.config.values import get_settings

PATIENCE_S = 20.0


@dataclass(frozen=True, slots=True)
class Heard:
    """One server-sent event."""

    name: str
    data: dict[str, Any]
    sequence: int | None


@contextmanager
def process(arguments: list[str], settings_module: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the product against the database of the test."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings_module,
        "OPENANPR_DATA_DIR": str(get_settings().data_dir),
    }
    running = subprocess.Popen(arguments, env=environment)
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.wait(15)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


@contextmanager
def live_server() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The live process as the supervisor starts it; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = granian(
        "asgi", "openanpr.alerts.live:application", host="127.0.0.1", port=port, threads=1
    )
    address = f"http://127.0.0.1:{port}"
    with process(command, "openanpr.config.settings.live") as running:
        _wait_until_alive(address, running)
        yield address, running


def worker() -> Any:
    """The worker process as the supervisor starts it."""
    return process(
        [sys.executable, "-m", "openanpr.config.worker"], "openanpr.config.settings.worker"
    )


def _wait_until_alive(address: str, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and running.poll() is None:
        try:
            if httpx.get(f"{address}/alive", timeout=1).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("the live process did not start")


def sign_in(user: User) -> SessionStore:
    """A session of this account, as the web process keeps one."""
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session.set_expiry(3600)
    session.save()
    return session


def ticket_for(user: User, session: SessionStore, *, at: datetime) -> str:
    """A ticket for the stream, as the page asks for one."""
    ticket = tickets.Ticket(user_id=user.pk, session_key=session.session_key or "")
    return tickets.issue(ticket, at=at)


class Screen:
    """An open stream, read by a thread of its own."""

    def __init__(
        self,
        address: str,
        ticket: str,
        *,
        headers: dict[str, str] | None = None,
        params: dict[str, str] | None = None,
    ) -> None:
        self._heard: queue.Queue[Heard | None] = queue.Queue()
        self._connection = HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE_S)
        self._path = "/alerts/stream?" + urlencode({"ticket": ticket, **(params or {})})
        self._headers = headers or {}
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Self:
        self._connection.request("GET", self._path, headers=self._headers)
        self._socket = self._connection.sock
        self._response = self._connection.getresponse()
        self.headers = dict(self._response.getheaders())
        assert self._response.status == 200, self._response.read()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(PATIENCE_S)
        self._response.close()
        self._connection.close()

    def next(self) -> Heard:
        """The next event other than a heartbeat."""
        heard = self._heard.get(timeout=PATIENCE_S)
        assert heard is not None, "the stream ended"
        return heard

    def is_over(self) -> bool:
        """Wait for the end of the stream; whether it came without another event."""
        return self._heard.get(timeout=PATIENCE_S) is None

    def nothing_within(self, seconds: float) -> bool:
        """Whether no event comes for so long."""
        try:
            self._heard.get(timeout=seconds)
        except queue.Empty:
            return True
        return False

    def _listen(self) -> None:
        try:
            self._read(iter(self._response.readline, b""))
        except (OSError, HTTPException, ValueError):
            pass  # closed by the test, or cut by the server
        finally:
            self._heard.put(None)

    def _read(self, lines: Iterator[bytes]) -> None:
        fields: dict[str, str] = {}
        for line in lines:
            text = line.decode().rstrip("\r\n")
            if text:
                name, _, value = text.partition(":")
                fields[name] = value.strip()
                continue
            if fields.get("event", "beat") != "beat":
                sequence = int(fields["id"]) if "id" in fields else None
                self._heard.put(Heard(fields["event"], json.loads(fields["data"]), sequence))
            fields = {}
