"""The ASGI side: start and stop, who may open a stream, and the HTTP around it."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, MutableMapping
from types import FrameType
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import psycopg

from openanpr.alerts import tickets
from openanpr.alerts.live.deliveries import Deliveries
from openanpr.alerts.live.entitlement import EndReason, Entitlements, Listener
from openanpr.alerts.live.feed import Feed, stop
from openanpr.alerts.live.stream import Stream
from openanpr.config.values import get_settings
from openanpr.web.clock import now

PATH: Final = "/alerts/stream"
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class LiveApplication:
    """Serves ``GET /alerts/stream?ticket=…`` and ``GET /alive``."""

    def __init__(self) -> None:
        self._feed: Feed | None = None
        self._deliveries: Deliveries | None = None
        self._entitlements = Entitlements()
        self._stopping: asyncio.Event | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self._stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    def _start(self) -> None:
        self._stopping = asyncio.Event()
        self._feed, self._deliveries = Feed(), Deliveries()
        self._tasks = [
            asyncio.create_task(self._feed.run(), name="feed"),
            asyncio.create_task(self._deliveries.run(), name="deliveries"),
        ]
        _end_streams_on_sigterm(self._stopping)

    async def _stop(self) -> None:
        if self._stopping is not None:
            self._stopping.set()
        for task in self._tasks:
            await stop(task)
        if self._deliveries is not None:
            await self._deliveries.flush()

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = _Answer(scope, send)
        if scope["path"] == "/alive":
            await answer.plain(200, "ok")
        elif scope["path"] != PATH:
            await answer.plain(404, "There is nothing here.")
        elif scope["method"] != "GET":
            await answer.plain(405, "Only GET.")
        elif not answer.origin_is_known:
            await answer.plain(403, "This page may not open the stream.")
        else:
            await self._open(answer, receive)

    async def _open(self, answer: "_Answer", receive: Receive) -> None:
        feed, deliveries, stopping = self._feed, self._deliveries, self._stopping
        if feed is None or deliveries is None or stopping is None or stopping.is_set():
            await answer.plain(503, "The stream is not running.")
            return
        ticket = tickets.verify(answer.query("ticket"), at=now())
        if ticket is None:
            await answer.plain(401, "The ticket is not good, or no longer.")
            return
        listener = Listener(ticket, self._entitlements)
        standing = await listener.standing()
        if isinstance(standing, EndReason):
            await answer.plain(403, standing.value)
            return
        await feed.ready()
        after = answer.resume_after()
        await answer.start_stream()
        gone = asyncio.Event()
        watching = asyncio.create_task(_watch_for_leaving(receive, gone))
        stream = Stream(
            feed=feed,
            deliveries=deliveries,
            listener=listener,
            write=answer.write,
            after=feed.last if after is None else after,
        )
        try:
            await stream.run(gone=gone, stopping=stopping)
            await answer.end()
        except psycopg.Error as problem:
            # The page comes again by itself and goes on where it was.
            _log.error("a stream was cut: %s", type(problem).__name__)
            await answer.end()
        finally:
            await stop(watching)


class _Answer:
    """One request and its response."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._headers: dict[bytes, bytes] = dict(scope["headers"])
        self._query: dict[str, list[str]] = parse_qs(scope["query_string"].decode("latin-1"))
        self._send = send

    @property
    def _origin(self) -> str:
        return self._headers.get(b"origin", b"").decode("latin-1")

    @property
    def origin_is_known(self) -> bool:
        """A browser names the page's origin; a program that names none shows its ticket alone."""
        return not self._origin or is_web_origin(self._origin, get_settings().web_origin)

    def query(self, name: str) -> str:
        """The first value of a query parameter, empty when there is none."""
        return self._query.get(name, [""])[0]

    def resume_after(self) -> int | None:
        """The last event that the page has seen: of its header when it has one, of its address."""
        named = self._headers.get(b"last-event-id", b"").decode("latin-1") or self.query("after")
        return int(named) if named.isascii() and named.isdigit() and len(named) < 19 else None

    async def start_stream(self) -> None:
        await self._start(200, b"text/event-stream; charset=utf-8")

    async def write(self, text: str) -> None:
        await self._body(text, more=True)

    async def end(self) -> None:
        await self._body("", more=False)

    async def plain(self, status: int, text: str) -> None:
        await self._start(status, b"text/plain; charset=utf-8")
        await self._body(text + "\n", more=False)

    async def _start(self, status: int, content_type: bytes) -> None:
        headers = [
            (b"content-type", content_type),
            (b"cache-control", b"no-store"),
            (b"x-accel-buffering", b"no"),
            (b"x-content-type-options", b"nosniff"),
            (b"vary", b"Origin"),
        ]
        if self._origin and self.origin_is_known:
            headers.append((b"access-control-allow-origin", self._origin.encode("latin-1")))
        await self._send({"type": "http.response.start", "status": status, "headers": headers})

    async def _body(self, text: str, *, more: bool) -> None:
        await self._send({"type": "http.response.body", "body": text.encode(), "more_body": more})


def is_web_origin(origin: str, web_origin: str) -> bool:
    """Whether ``origin`` is that of our pages; on one's own machine under any of its names."""
    if origin == web_origin:
        return True
    try:
        ours, theirs = urlsplit(web_origin), urlsplit(origin)
        same_door = (ours.scheme, ours.port) == (theirs.scheme, theirs.port)
    except ValueError:
        return False
    return same_door and ours.hostname in _LOOPBACK and theirs.hostname in _LOOPBACK


async def _watch_for_leaving(receive: Receive, gone: asyncio.Event) -> None:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            gone.set()
            return


def _end_streams_on_sigterm(stopping: asyncio.Event) -> None:
    """The server waits for open responses before it stops: end them when it is told to stop."""
    loop = asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGTERM)

    def handler(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stopping.set)
        if callable(before):
            before(number, frame)

    try:
        signal.signal(signal.SIGTERM, handler)
    except ValueError:  # not the main thread: then the server's own time-out ends the streams
        _log.warning("streams are not told of a stop: the server runs outside the main thread")
