"""The agent's line to the back office: signed requests, and how long to wait after a failure."""

import logging
import random
import ssl
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx
import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openanpr.capture.clock import ClockWatch
from openanpr.capture.frames import utc_now
from openanpr.wire import Problem, ServerTime
from openanpr.wire.signing import sign

_log = logging.getLogger(__name__)

_LONGEST_PAUSE_S: Final = 60.0
_FIRST_PAUSE_S: Final = 0.5
_REFUSED_PAUSE_S: Final = 20.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status (0: nothing did), the body, and how long to wait if it failed."""

    status: int
    body: bytes = b""
    wait_s: float = 0.0
    reason: str = ""

    @property
    def done(self) -> bool:
        """Whether the back office took it."""
        return 200 <= self.status < 300

    @property
    def hopeless(self) -> bool:
        """Whether the same request can never be taken: it is wrong in itself."""
        return self.status in (400, 404, 409, 413, 415, 422)


class Link:
    """Signs and sends. Not for use by several threads at once."""

    def __init__(
        self,
        *,
        url: str,
        reader: uuid.UUID,
        key: Ed25519PrivateKey,
        clock: ClockWatch,
        ca_file: Path | None = None,
    ) -> None:
        """Speak to `url` as `reader`; `ca_file` holds the certificates to trust there."""
        self.reader = reader
        self._key = key
        self._clock = clock
        self._failures = 0
        self._sign_ahead = timedelta()
        self._prefix = urlsplit(url).path.rstrip("/")
        self._client = httpx.Client(
            base_url=url.rstrip("/"),
            timeout=httpx.Timeout(10.0, connect=5.0),
            verify=True if ca_file is None else _trusting(ca_file),
            trust_env=False,
        )

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def send(self, method: str, path: str, body: bytes, *, kind: str) -> Reply:
        """Send one signed request; a failure is a Reply too, with the time to wait."""
        headers = sign(
            key=self._key,
            reader=self.reader,
            method=method,
            path=f"{self._prefix}{path}",
            body=body,
            at=utc_now() + self._sign_ahead,
        )
        headers["Content-Type"] = kind
        try:
            answer = self._client.request(method, path, content=body, headers=headers)
        except httpx.HTTPError as problem:
            return self._failed(Reply(0, reason=type(problem).__name__))
        reply = Reply(answer.status_code, answer.content)
        if reply.done:
            if self._failures:
                _log.info("the back office answers again")
            self._failures = 0
            return reply
        return self._failed(reply, answer.headers.get("Retry-After"))

    def _failed(self, reply: Reply, retry_after: str | None = None) -> Reply:
        self._failures += 1
        reason = reply.reason or _reason(reply.body)
        pause = min(_LONGEST_PAUSE_S, _FIRST_PAUSE_S * 2 ** min(self._failures - 1, 10))
        if reply.status in (401, 403):
            pause = max(pause, _REFUSED_PAUSE_S)
            if reason == "clock":
                pause = self._learn_the_time()
        pause *= random.uniform(0.7, 1.0)  # noqa: S311 - spreads readers out, hides nothing
        if retry_after is not None:
            pause = max(pause, min(_LONGEST_PAUSE_S, _seconds(retry_after)))
        if self._failures in (1, 2, 4, 8) or self._failures % 20 == 0:
            _log.warning(
                "the back office did not take a request: %s; next try in %.1f s",
                f"{reply.status} {reason}".strip() if reply.status else reason,
                pause,
            )
        return Reply(reply.status, reply.body, pause, reason)

    def _learn_the_time(self) -> float:
        """Ask for the server's time, so that a reader whose clock is wrong can sign at all."""
        try:
            answer = self._client.get("/v1/time")
            told = msgspec.json.decode(answer.content, type=ServerTime)
        except (httpx.HTTPError, msgspec.DecodeError):
            return _REFUSED_PAUSE_S
        self._sign_ahead = told.server_time - utc_now()
        self.heard_time(told.server_time, before=time.time())
        _log.error(
            "this machine's clock is %.0f s off the back office's: set it",
            -self._sign_ahead.total_seconds(),
        )
        return _FIRST_PAUSE_S

    def heard_time(self, server_time: datetime, *, before: float) -> None:
        """Take in the server's time from an answer asked for at `before` (seconds, wall clock)."""
        self._clock.heard(
            server_ms=server_time.timestamp() * 1000,
            before_ms=before * 1000,
            after_ms=time.time() * 1000,
        )


def _trusting(ca_file: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(ca_file))


def _reason(body: bytes) -> str:
    try:
        return msgspec.json.decode(body, type=Problem).reason
    except msgspec.DecodeError:
        return ""


def _seconds(retry_after: str) -> float:
    """The seconds of a Retry-After header, which is a number or a date."""
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 0.0
