"""PUT /v1/images/<sha256>: the pictures that stored reads named, after the reads themselves."""

import hashlib
from dataclasses import replace
from typing import Any, Final

import psycopg
from django.http import HttpRequest, HttpResponse

from openanpr.imaging.decode import PictureProblem, decode, probe
from openanpr.imaging.encode import (
    OVERVIEW_LIMITS,
    PATCH_LIMITS,
    EncodeProblem,
    JpegLimits,
    encode_jpeg,
)
from openanpr.ingest import metrics
from openanpr.ingest.requests import (
    Refused,
    SignedRequest,
    plainly_refusing,
    require_method,
    signed_request,
)
from openanpr.wire import MAX_IMAGE_BYTES

_LIMITS: Final = {"patch": PATCH_LIMITS, "overview": OVERVIEW_LIMITS}
_MAX_PIXELS: Final = 20_000_000  # a small file can unfold to gigabytes
_LOOK_UP: Final = (
    "select kind, stored_sha256 is not null from read_image "
    "where received_sha256 = %s and device = %s"
)
_HOLD: Final = "select pg_advisory_xact_lock(hashtextextended(%s, 0))"
_KEEP: Final = (
    "update read_image set stored_sha256 = %s, received_at = %s, bytes = %s, width = %s, "
    "height = %s where received_sha256 = %s and device = %s"
)


@plainly_refusing
def receive_image(request: HttpRequest, *, sha256: str) -> HttpResponse:
    """Check, re-encode within the limits of its kind, keep. 204, also when it is known already."""
    require_method(request, "PUT")
    signed = signed_request(request, limit=MAX_IMAGE_BYTES)
    if signed.sha256 != sha256:
        raise Refused(
            409,
            "hash-mismatch",
            "The picture's SHA-256 is not the one in the address.",
            device=signed.device,
        )
    try:
        stored = signed.process.image_connections.run(lambda connection: _keep(connection, signed))
    except psycopg.OperationalError:
        raise Refused(
            503, "store-unavailable", "The database does not answer.", retry_after=5
        ) from None
    except OSError:
        raise Refused(
            503, "store-unavailable", "The picture store cannot be written.", retry_after=30
        ) from None
    metrics.IMAGES.labels("stored" if stored else "known").inc()
    return HttpResponse(status=204)


def _keep(connection: psycopg.Connection[Any], signed: SignedRequest) -> bool:
    """Store the picture; False where it was stored before."""
    received = bytes.fromhex(signed.sha256)
    row = connection.execute(_LOOK_UP, (received, signed.device.id)).fetchone()
    if row is None:
        raise Refused(
            404,
            "image-not-wanted",
            "No stored read of this reader names this picture.",
            device=signed.device,
        )
    kind, known = row
    if known:
        return False
    content = _reencoded(signed, _limits(signed, kind))
    # Retention takes the same lock before it removes a file that no live row names.
    connection.execute(_HOLD, (hashlib.sha256(content).hexdigest(),))
    stored = signed.process.images.put(content)
    size = probe(content)
    connection.execute(
        _KEEP,
        (
            bytes.fromhex(stored),
            signed.at,
            len(content),
            size.width,
            size.height,
            received,
            signed.device.id,
        ),
    )
    return True


def _limits(signed: SignedRequest, kind: str) -> JpegLimits:
    """The size of its kind, in at most the bytes that the profile in force allows it."""
    profile = signed.knowledge.profile
    if profile is None:
        return _LIMITS[kind]
    allowed = profile.limits
    most = allowed.plate_image_bytes if kind == "patch" else allowed.overview_image_bytes
    return replace(_LIMITS[kind], max_bytes=min(most, _LIMITS[kind].max_bytes))


def _reencoded(signed: SignedRequest, limits: JpegLimits) -> bytes:
    try:
        picture = decode(signed.body, max_bytes=MAX_IMAGE_BYTES, max_pixels=_MAX_PIXELS)
        return encode_jpeg(picture, limits=limits)
    except (PictureProblem, EncodeProblem) as problem:
        raise Refused(
            415, "not-an-image", f"This picture cannot be used: {problem}.", device=signed.device
        ) from None
