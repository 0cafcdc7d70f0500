"""The crew's screen: a page that the agent serves to its own machine, with the network or without.

Glanceable for the driver (what to do, mark, picture), the rest behind one touch for the passenger.
Only 127.0.0.1 is listened on, and only requests that name this machine are answered, so that no web
page elsewhere can read it through the car's browser.
"""

import re
import secrets
import threading
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from string import Template
from typing import Final
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from openanpr.capture.car_alerts import CarAlerts
from openanpr.capture.car_markup import PAGE, drawn
from openanpr.capture.frames import utc_now
from openanpr.capture.held_lists import HeldLists

_PATCH: Final = re.compile(r"/patch/([0-9a-f-]{36})")
_WAIT_S: Final = 15.0
_MOST_SCREENS: Final = 8


class CarPage:
    """Serves the page until it is stopped."""

    def __init__(
        self,
        *,
        port: int,
        alerts: CarAlerts,
        lists: HeldLists,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        """Listen at once; raises OSError where the port is taken. Port 0 takes any."""
        self.alerts, self.lists, self.clock = alerts, lists, clock
        self.screens = threading.BoundedSemaphore(_MOST_SCREENS)
        self.stopping = threading.Event()
        page = self

        class Handler(_Handler):
            def setup(self) -> None:
                self.page = page
                super().setup()

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, name="car page", daemon=True
        )

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Answer nobody any more."""
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def rows(self) -> str:
        """What stands on the screen now, as HTML."""
        at = self.clock()
        count, heard_at, keep_until = self.lists.state(at=at)
        return drawn(
            self.alerts.shown(at=at), count=count, heard_at=heard_at, keep_until=keep_until, at=at
        )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    page: CarPage

    def do_GET(self) -> None:
        """Answer a request of this machine's browser."""
        if self.headers.get("Host") not in {
            f"127.0.0.1:{self.page.port}",
            f"localhost:{self.page.port}",
        }:
            self._send(403, "text/plain", b"This page is for the screen in the car.")
            return
        address = urlsplit(self.path)
        patch = _PATCH.fullmatch(address.path)
        if address.path == "/":
            self._whole(theme=parse_qs(address.query).get("theme", ["night"])[0])
        elif address.path == "/rows":
            self._send(200, "text/html; charset=utf-8", self.page.rows().encode())
        elif address.path == "/events":
            self._events()
        elif patch is not None:
            self._patch(patch[1])
        else:
            self._send(404, "text/plain", b"There is nothing here.")

    def _whole(self, theme: str) -> None:
        nonce = secrets.token_urlsafe(16)
        theme = "day" if theme == "day" else "night"
        body = Template(PAGE).substitute(
            nonce=nonce,
            theme=theme,
            other="night" if theme == "day" else "day",
            other_name="Night" if theme == "day" else "Day",
            rows=self.page.rows(),
        )
        policy = (
            f"default-src 'none'; img-src 'self'; connect-src 'self'; style-src 'nonce-{nonce}'; "
            f"script-src 'nonce-{nonce}'; frame-ancestors 'none'; base-uri 'none'"
        )
        self._send(
            200, "text/html; charset=utf-8", body.encode(), {"Content-Security-Policy": policy}
        )

    def _patch(self, name: str) -> None:
        try:
            data = self.page.alerts.patch(UUID(name))
        except ValueError:
            data = None
        if data:
            self._send(200, "image/jpeg", data)
        else:
            self._send(404, "text/plain", b"There is no such picture.")

    def _events(self) -> None:
        """One line each time that the screen changes, and a sign of life in between."""
        if not self.page.screens.acquire(blocking=False):
            self._send(503, "text/plain", b"Too many screens are open.")
            return
        try:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Cache-Control", "no-store")
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            version = -1
            while not self.page.stopping.is_set():
                newer = self.page.alerts.wait_for_more(version, seconds=_WAIT_S)
                kind = "event: changed\ndata: now\n\n" if newer != version else ": here\n\n"
                version = newer
                self.wfile.write(kind.encode())
                self.wfile.flush()
        except OSError:
            return  # the screen was closed
        finally:
            self.page.screens.release()

    def _send(
        self, status: int, kind: str, body: bytes, more: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        headers = {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            **(more or {}),
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what a crew looks at is not written beside the road."""
