"""Reading information requests: for the desk, for decisions and for replies."""

import uuid
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db.models import Prefetch, QuerySet

from openanpr.access.facts import RightsFacts
from openanpr.rights.models import FoundRead, InformationRequest, RequestStep, RequestVehicle
from openanpr.rights.vocabulary import CLOSED
from openanpr.web.dates import force_zone

_STEPS = Prefetch("steps", queryset=RequestStep.objects.select_related("by").order_by("sequence"))


def open_requests() -> QuerySet[InformationRequest]:
    """Every request that waits for a reply, oldest first, with its steps."""
    return (
        InformationRequest.objects.exclude(state__in=list(CLOSED))
        .select_related("officer")
        .prefetch_related(_STEPS)
        .order_by("received_on", "id")
    )


def open_clocks() -> QuerySet[InformationRequest]:
    """As ``open_requests``, with what their clocks need and nothing of who asks or what."""
    steps = RequestStep.objects.only("request_id", "sequence", "move", "on")
    return (
        InformationRequest.objects.exclude(state__in=list(CLOSED))
        .only(
            *("reference", "kind", "state", "received_on", "recorded_at", "identified_on"),
            *("extended", "officer_id"),
        )
        .prefetch_related(Prefetch("steps", queryset=steps))
        .order_by("received_on", "id")
    )


def closed_requests(*, limit: int) -> QuerySet[InformationRequest]:
    """The requests that were closed last."""
    closed = InformationRequest.objects.filter(state__in=list(CLOSED)).select_related("officer")
    return closed.prefetch_related(_STEPS).order_by("-closed_at")[:limit]


def request_of(request_id: uuid.UUID) -> InformationRequest | None:
    """One request with its steps."""
    found = InformationRequest.objects.filter(id=request_id).select_related("officer")
    return found.prefetch_related(_STEPS).first()


def steps_of(request: InformationRequest) -> list[RequestStep]:
    """Its steps, oldest first."""
    return sorted(request.steps.all(), key=lambda step: step.sequence)


def vehicles_of(request: InformationRequest) -> QuerySet[RequestVehicle]:
    """The vehicles that were checked for it and not taken off again."""
    return request.vehicles.filter(removed_at=None).order_by("vrm", "kept_from")


def officers_of(request: InformationRequest) -> frozenset[str]:
    """The persons who may handle it."""
    return frozenset() if request.officer is None else frozenset({request.officer.person_id})


def facts_of(
    request: InformationRequest, vehicles: Iterable[RequestVehicle]
) -> list[tuple[RequestVehicle, RightsFacts]]:
    """What the policy is told of it, a vehicle at a time: whole days of the force's zone."""
    zone = force_zone()
    return [
        (
            one,
            RightsFacts(
                reference=request.reference,
                open=request.is_open,
                identity_checked=request.identified_on is not None,
                officer_person_ids=officers_of(request),
                vrms=frozenset({one.vrm}),
                start=datetime.combine(one.kept_from, time.min, tzinfo=zone),
                end=datetime.combine(one.kept_to + timedelta(days=1), time.min, tzinfo=zone),
            ),
        )
        for one in vehicles
    ]


def found_of(request: InformationRequest) -> QuerySet[FoundRead]:
    """The reads that searches for it found, oldest first."""
    return request.found.order_by("captured_at", "read_id")
