"""What the centre takes in beside the reads: registers, consignment notes, pictures; and its count.

Served by the ingest process, to readers whose credential is a force's line.
"""

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any, Final, TypeVar

import msgspec
import psycopg
from django.http import HttpRequest, HttpResponse

from openanpr.imaging.decode import PictureProblem, decode, probe
from openanpr.imaging.encode import OVERVIEW_LIMITS, PATCH_LIMITS
from openanpr.ingest.requests import (
    UNREADABLE,
    Refused,
    SignedRequest,
    answer,
    plainly_refusing,
    require_method,
    signed_request,
)
from openanpr.wire import MAX_BATCH_BYTES, MAX_IMAGE_BYTES
from openanpr.wire.federation import (
    MAX_REGISTER_BYTES,
    Consignment,
    Holding,
    Register,
    RegisterAck,
)

Message = TypeVar("Message")
Result = TypeVar("Result")
Connection = psycopg.Connection[Any]

_MAX_PIXELS: Final = 20_000_000
_LIMITS: Final = {"patch": PATCH_LIMITS, "overview": OVERVIEW_LIMITS}
_LINK: Final = (
    "select f.code, l.controller from federation_link l join force f on f.id = l.force_id "
    "where l.credential = %s"
)
_REGISTER: Final = """
insert into federation_register as known (link, digest, register, received_at, problem)
values (%s, %s, %s::jsonb, %s, '')
on conflict (link) do update set digest = excluded.digest, register = excluded.register,
    received_at = excluded.received_at
returning known.applied_digest = known.digest, known.problem
"""
_NOTE: Final = """
insert into federation_consignment (link, batch_id, force, controller, sections, received_at)
values (%s, %s, %s, %s, %s::jsonb, %s) on conflict do nothing
"""
_WANTED: Final = (
    "select kind, stored_sha256 is not null from read_image "
    "where received_sha256 = %s and device = %s"
)
_KEEP: Final = (
    "update read_image set stored_sha256 = %s, received_at = %s, bytes = %s, width = %s, "
    "height = %s where received_sha256 = %s and device = %s"
)


@plainly_refusing
def receive_register(request: HttpRequest) -> HttpResponse:
    """Keep the register for the process that takes it up; say whether that has been done."""
    require_method(request, "PUT")
    signed = signed_request(request, limit=MAX_REGISTER_BYTES)
    register = _decoded(signed, Register)
    _require_link(signed, register.force)
    digest = bytes.fromhex(signed.sha256)

    def keep(connection: Connection) -> tuple[bool | None, str]:
        row = connection.execute(
            _REGISTER, (signed.device.id, digest, signed.body.decode(), signed.at)
        ).fetchone()
        return (False, "") if row is None else (row[0], row[1])

    applied, problem = _run(signed, keep)
    return answer(
        RegisterAck(
            sha256=signed.sha256, applied=bool(applied), problem=problem if applied else ""
        ),
        status=202,
    )


@plainly_refusing
def receive_consignment(request: HttpRequest) -> HttpResponse:
    """Keep whose reads the batch of that number will hold. 204, also when it is known already."""
    require_method(request, "POST")
    signed = signed_request(request, limit=MAX_BATCH_BYTES)
    note = _decoded(signed, Consignment)
    controller = _require_link(signed, note.force)
    if note.controller != controller:
        raise Refused(
            403,
            "controller-mismatch",
            "The note names another controller than the one admitted with this line.",
            device=signed.device,
        )
    sections = msgspec.json.encode(note.sections).decode()
    _run(
        signed,
        lambda connection: connection.execute(
            _NOTE,
            (
                *(signed.device.id, note.batch_id, note.force, note.controller),
                *(sections, signed.at),
            ),
        ),
    )
    return HttpResponse(status=204)


@plainly_refusing
def receive_picture(request: HttpRequest, *, sha256: str) -> HttpResponse:
    """Keep, under the hash that the read names, the picture that the force keeps for it. 204."""
    require_method(request, "PUT")
    signed = signed_request(request, limit=MAX_IMAGE_BYTES)
    _require_link(signed, None)
    received = bytes.fromhex(sha256)

    def keep(connection: Connection) -> None:
        row = connection.execute(_WANTED, (received, signed.device.id)).fetchone()
        if row is None:
            raise Refused(
                404,
                "image-not-wanted",
                "No stored read of this force names this picture.",
                device=signed.device,
            )
        kind, known = row
        if not known:
            _keep(connection, signed, kind, received)

    try:
        _run(signed, keep)
    except OSError:
        raise Refused(
            503, "store-unavailable", "The picture store cannot be written.", retry_after=30
        ) from None
    return HttpResponse(status=204)


@plainly_refusing
def tell_holding(request: HttpRequest, *, day: str) -> HttpResponse:
    """How many reads captured on a day (UTC) are held of the force that asks, counted now."""
    require_method(request, "POST")
    signed = signed_request(request, limit=MAX_BATCH_BYTES)
    _require_link(signed, None)
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise Refused(400, "unreadable", "A day is written 2026-11-22.") from None

    def count(connection: Connection) -> int:
        with connection.transaction():
            connection.execute("set local statement_timeout = '120s'")
            row = connection.execute(
                "select federation_held(%s, %s)", (signed.device.id, wanted)
            ).fetchone()
        return 0 if row is None else int(row[0])

    return answer(Holding(day=wanted, held=_run(signed, count)))


def _require_link(signed: SignedRequest, force: str | None) -> str:
    """The controller that was admitted with this line; refused for readers and for other forces."""
    row = _run(signed, lambda connection: connection.execute(_LINK, (signed.device.id,)).fetchone())
    if row is None:
        raise Refused(
            403,
            "no-link",
            "This credential is a reader's, not a force's line.",
            device=signed.device,
        )
    if force is not None and row[0] != force:
        raise Refused(
            403,
            "force-mismatch",
            "The message names another force than the one admitted with this line.",
            device=signed.device,
        )
    return str(row[1])


def _keep(connection: Connection, signed: SignedRequest, kind: str, received: bytes) -> None:
    limits = _LIMITS[kind]
    try:
        decode(signed.body, max_bytes=MAX_IMAGE_BYTES, max_pixels=_MAX_PIXELS)
        size = probe(signed.body)
    except PictureProblem as problem:
        raise Refused(
            415, "not-an-image", f"This picture cannot be used: {problem}.", device=signed.device
        ) from None
    if len(signed.body) > limits.max_bytes:
        raise Refused(
            415,
            "not-an-image",
            f"A picture of this kind has {limits.max_bytes} bytes at most.",
            device=signed.device,
        )
    with connection.transaction():
        # Retention takes the same lock before it removes a file that no live row names.
        connection.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))",
            (hashlib.sha256(signed.body).hexdigest(),),
        )
        stored = signed.process.images.put(signed.body)
        connection.execute(
            _KEEP,
            (
                *(bytes.fromhex(stored), signed.at, len(signed.body), size.width, size.height),
                *(received, signed.device.id),
            ),
        )


def _decoded(signed: SignedRequest, kind: type[Message]) -> Message:
    try:
        return msgspec.json.decode(signed.body, type=kind)
    except UNREADABLE:
        raise Refused(
            400,
            "unreadable",
            f"The body is not a {kind.__name__.lower()} as its schema says.",
            device=signed.device,
        ) from None


def _run(signed: SignedRequest, work: Callable[[Connection], Result]) -> Result:
    try:
        return signed.process.image_connections.run(work)
    except psycopg.OperationalError:
        raise Refused(
            503, "store-unavailable", "The database does not answer.", retry_after=5
        ) from None
