"""POST /v1/heartbeats and GET /v1/time: signs of life and the right time."""

from datetime import datetime
from typing import Final

import msgspec
from django.http import HttpRequest, HttpResponse

from openanpr.cameras.authority import standing
from openanpr.cameras.facts import CameraFacts
from openanpr.cameras.vocabulary import CameraState
from openanpr.ingest.requests import (
    UNREADABLE,
    Refused,
    answer,
    plainly_refusing,
    require_method,
    signed_request,
)
from openanpr.ingest.signs import SignOfLife
from openanpr.web import clock
from openanpr.wire import MAX_BATCH_BYTES, Heartbeat, HeartbeatAck, ServerTime

_decoder: Final = msgspec.json.Decoder(Heartbeat)


@plainly_refusing
def receive_heartbeat(request: HttpRequest) -> HttpResponse:
    """Note each of the reader's cameras as heard of; name those whose reads are refused."""
    require_method(request, "POST")
    signed = signed_request(request, limit=MAX_BATCH_BYTES)
    try:
        heartbeat = _decoder.decode(signed.body)
    except UNREADABLE:
        raise Refused(
            400,
            "unreadable",
            "The body is not a heartbeat as the schema openanpr.heartbeat.v1 says.",
            device=signed.device,
        ) from None
    own = [
        camera
        for camera in signed.knowledge.cameras.values()
        if camera.device_id == signed.device.id
    ]
    faults = {status.camera: status.fault for status in heartbeat.cameras}
    measured_ms = (heartbeat.sent_at - signed.at).total_seconds() * 1000
    said_ms = heartbeat.clock.offset_ms
    for camera in own:
        if camera.key in faults:
            signed.process.notes.heard(
                SignOfLife(
                    camera_id=camera.id,
                    at=signed.at,
                    clock_offset_ms=measured_ms if said_ms is None else said_ms,
                    fault=faults[camera.key],
                )
            )
    return answer(
        HeartbeatAck(
            server_time=signed.at,
            suspended=tuple(
                sorted(camera.key for camera in own if not _collects(camera, signed.at))
            ),
        )
    )


def _collects(camera: CameraFacts, at: datetime) -> bool:
    return camera.state == CameraState.LIVE and standing(camera.authority, at=at).collects


@plainly_refusing
def tell_time(request: HttpRequest) -> HttpResponse:
    """The server's time, unsigned: a reader whose clock is wrong cannot sign."""
    require_method(request, "GET")
    now = clock.now()
    return answer(ServerTime(server_time=now, unix_ms=int(now.timestamp() * 1000)))
