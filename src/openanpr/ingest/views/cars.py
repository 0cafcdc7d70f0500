"""POST /v1/car-lists and /v1/car-alerts: a patrol car's own lists, and what it alerted to."""

from datetime import timedelta
from typing import Any, Final

import msgspec
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse

from openanpr.audit.services import record_event
from openanpr.cameras.vocabulary import CameraState
from openanpr.ingest.car_lists import TooManyEntries, answer_for
from openanpr.ingest.committing import ACTOR
from openanpr.ingest.requests import (
    UNREADABLE,
    Refused,
    SignedRequest,
    answer,
    plainly_refusing,
    require_method,
    signed_request,
)
from openanpr.wire.car_lists import CarAlerts, CarAlertsAck, CarListsHeld

_MOST_BYTES: Final = 100_000
_held: Final = msgspec.json.Decoder(CarListsHeld)
_alerts: Final = msgspec.json.Decoder(CarAlerts)


@plainly_refusing
def give_lists(request: HttpRequest) -> HttpResponse:
    """What the car lacks of the lists that cars hold. Audited before it leaves."""
    signed = _of_a_car(request)
    held = _decoded(_held, signed, "openanpr.car-lists-held.v1")
    version = signed.knowledge.matcher.snapshot.version
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            raw: Any = cursor  # Django's cursor has all that is asked of psycopg's here
            parts = signed.process.car_parts.at(version, at=signed.at, cursor=raw)
            keep_until = signed.at + timedelta(hours=signed.process.options.car_hold_hours)
            lists = answer_for(held, parts, keep_until=keep_until)
            gone = sorted(set(held.parts) - set(parts.digests))
            if lists.entries or gone:
                record_event(
                    verb="list.carry",
                    actor=ACTOR,
                    at=signed.at,
                    subject=f"reader:{signed.device.id}",
                    payload={
                        "snapshot": version,
                        "entries": sum(len(part) for part in lists.entries.values()),
                        "parts": len(lists.entries) + len(gone),
                        "keep_until": keep_until.isoformat(),
                    },
                )
    except TooManyEntries as problem:
        raise Refused(
            507,
            "too-many-entries",
            f"The lists that cars hold have too many entries ({problem}): take lists out of the "
            "cars, or raise OPENANPR_INGEST_CAR_ENTRIES.",
            device=signed.device,
        ) from None
    except DatabaseError:
        raise Refused(
            503, "store-unavailable", "The database does not answer.", retry_after=5
        ) from None
    return answer(lists)


@plainly_refusing
def take_alerts(request: HttpRequest) -> HttpResponse:
    """Write down what a car's crew was shown while nobody else knew."""
    signed = _of_a_car(request)
    told = _decoded(_alerts, signed, "openanpr.car-alerts.v1")
    try:
        with transaction.atomic():
            record_event(
                verb="alert.in-car",
                actor=ACTOR,
                at=signed.at,
                subject=f"reader:{signed.device.id}",
                payload={
                    "alerts": [
                        {
                            "id": str(alert.id),
                            "read": str(alert.read),
                            "entry": str(alert.entry),
                            "shown_at": alert.shown_at.isoformat(),
                        }
                        for alert in told.alerts
                    ]
                },
            )
    except DatabaseError:
        raise Refused(
            503, "store-unavailable", "The database does not answer.", retry_after=5
        ) from None
    return answer(CarAlertsAck(noted=len(told.alerts)))


def _of_a_car(request: HttpRequest) -> SignedRequest:
    """The request, if its reader rides in patrol vehicles with every camera that it has."""
    require_method(request, "POST")
    signed = signed_request(request, limit=_MOST_BYTES)
    own = [one for one in signed.knowledge.cameras.values() if one.device_id == signed.device.id]
    if not all(camera.is_mobile for camera in own) or not any(
        camera.state == CameraState.LIVE for camera in own
    ):
        raise Refused(
            403,
            "no-car",
            "Only a reader whose cameras ride in a patrol vehicle, one of them live, holds lists.",
            device=signed.device,
        )
    return signed


def _decoded(decoder: Any, signed: SignedRequest, schema: str) -> Any:
    try:
        return decoder.decode(signed.body)
    except UNREADABLE:
        raise Refused(
            400,
            "unreadable",
            f"The body is not what the schema {schema} says.",
            device=signed.device,
        ) from None
