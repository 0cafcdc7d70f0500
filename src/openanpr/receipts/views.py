"""The page of receipts."""

from datetime import UTC, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.cameras.queries import cameras_known_to
from openanpr.receipts import presenters, queries
from openanpr.web.clock import now
from openanpr.web.request import require_actor

DAYS: Final = 7


def index(request: HttpRequest) -> HttpResponse:
    """What came of each camera in the last days, the gaps, and the clocks."""
    actor = require_actor(request)
    since = now() - timedelta(days=DAYS)
    cameras = list(cameras_known_to(covert=actor.covert_right))
    devices = {one.device_credential_id for one in cameras if one.device_credential_id}
    gaps = queries.gaps_since(since, devices=devices)
    named = {"with_location": actor.location_right}
    received = queries.received_since(since.astimezone(UTC).date())
    return render(
        request,
        "receipts/index.html",
        {
            "days": presenters.day_lines(cameras, received, gaps, **named),
            "gaps": presenters.gap_lines(cameras, gaps, **named),
            "clocks": presenters.clock_lines(cameras, **named),
            "span": DAYS,
        },
    )
