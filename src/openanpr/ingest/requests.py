"""From an HTTP request to a live reader and the body it signed, or to the answer that refuses."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Final

import msgspec
from django.http import HttpRequest, HttpResponse

from openanpr.ingest import metrics
from openanpr.ingest.knowledge import Device, Knowledge
from openanpr.ingest.process import IngestProcess, the_process
from openanpr.web import clock
from openanpr.wire import Problem
from openanpr.wire.signing import (
    NONCE_HEADER,
    READER_HEADER,
    SIGNATURE_HEADER,
    TIME_HEADER,
    SignatureError,
    SignedHeaders,
    read_headers,
    verify,
)

JSON: Final = "application/json"
# RecursionError: lists in lists, deeper than any message has them, are the sender's fault too.
UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_FIRST_LOOK_UP_S: Final = 10.0
# What is left of the body still lies on the connection, so nothing else may follow on it.
_BODY_UNREAD: Final = frozenset({411, 413})
_HEADERS: Final = (READER_HEADER, TIME_HEADER, NONCE_HEADER, SIGNATURE_HEADER)


class Refused(Exception):
    """A request that is answered with a problem. ``status`` is the HTTP status."""

    def __init__(
        self,
        status: int,
        reason: str,
        detail: str,
        *,
        retry_after: int | None = None,
        server_time: datetime | None = None,
        device: Device | None = None,
    ) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.detail = detail
        self.retry_after = retry_after
        self.server_time = server_time
        self.device = device

    def response(self) -> HttpResponse:
        """The answer."""
        problem = Problem(
            reason=self.reason,
            detail=self.detail,
            retry=self.retry_after is not None,
            server_time=self.server_time,
        )
        response = answer(problem, status=self.status)
        if self.retry_after is not None:
            response["Retry-After"] = str(self.retry_after)
        # Counted, written down and audited already: a line of the log for each would drown the log.
        response._has_been_logged = True  # type: ignore[attr-defined]
        if self.status in _BODY_UNREAD:
            response["Connection"] = "close"
        return response


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRequest:
    """A request whose signature fits a live reader. ``at`` is when it was received."""

    process: IngestProcess
    knowledge: Knowledge
    device: Device
    body: bytes
    sha256: str
    at: datetime


def answer(message: msgspec.Struct, *, status: int = 200) -> HttpResponse:
    """A JSON answer."""
    body = msgspec.json.encode(message)
    headers = {"Content-Length": str(len(body))}
    return HttpResponse(body, content_type=JSON, status=status, headers=headers)


View = Callable[..., HttpResponse]


def plainly_refusing(view: View) -> View:
    """Turn ``Refused`` into its answer, and count it."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: str) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except Refused as refused:
            metrics.REFUSED.labels(refused.reason).inc()
            device = refused.device.id if refused.device else None
            the_process().notes.refused(refused.reason, device)
            return refused.response()

    return guarded


def require_method(request: HttpRequest, method: str) -> None:
    """Refuse any other method."""
    if request.method != method:
        raise Refused(405, "method", f"This address takes {method} only.")


def signed_request(request: HttpRequest, *, limit: int) -> SignedRequest:
    """The request, its signature checked; ``limit`` is the most bytes its body may have.

    Raises Refused: 411 and 413 before anything is read, 401 for an unknown reader, a bad signature,
    a clock more than five minutes off or a request that came before, 403 for a revoked reader, 503
    before the first look-up.
    """
    _check_length(request, limit)
    at = clock.now()
    process = the_process()
    if not process.refresher.wait_until_ready(_FIRST_LOOK_UP_S):
        raise Refused(503, "store-unavailable", "The database does not answer.", retry_after=5)
    knowledge = process.refresher.knowledge
    signed = _signed_headers(request)
    device = knowledge.devices.get(signed.reader)
    if device is None:
        raise Refused(401, "device-unknown", "No reader with this id is registered here.")
    body = request.body
    _verify(request, signed, device, body, at)
    if not process.nonces.is_new(device.id, signed.nonce, at=at):
        raise Refused(
            401,
            "replayed",
            "This very request came before. Sign what you send again anew, with another nonce.",
            device=device,
        )
    if device.revoked:
        raise Refused(
            403, "device-revoked", "This reader's credential has been revoked.", device=device
        )
    return SignedRequest(
        process=process,
        knowledge=knowledge,
        device=device,
        body=body,
        sha256=hashlib.sha256(body).hexdigest(),
        at=at,
    )


def _check_length(request: HttpRequest, limit: int) -> None:
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isascii() or not length.isdigit():
        raise Refused(411, "length-required", "Send the body's length (Content-Length).")
    if len(length) > 15 or int(length) > limit:
        raise Refused(413, "too-large", f"The body has {length} bytes; {limit} are taken at most.")


def _signed_headers(request: HttpRequest) -> SignedHeaders:
    present = {name: request.headers[name] for name in _HEADERS if name in request.headers}
    try:
        return read_headers(present)
    except SignatureError as error:
        raise Refused(401, error.reason, str(error)) from None


def _verify(
    request: HttpRequest, signed: SignedHeaders, device: Device, body: bytes, at: datetime
) -> None:
    try:
        verify(
            signed=signed,
            public_key=device.public_key,
            method=request.method or "",
            path=request.path,
            body=body,
            at=at,
        )
    except SignatureError as error:
        raise Refused(
            401,
            error.reason,
            str(error),
            server_time=at if error.reason == "clock" else None,
            # A signature that does not fit proves nothing about who sent it.
            device=device if error.reason == "clock" else None,
        ) from None
