"""An alert as pages show it: words instead of codes, and no place that this person may not know."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from openanpr.alerts.ages import age, length
from openanpr.alerts.journeys import Point, impossible_legs
from openanpr.alerts.models import Alert, Hit
from openanpr.alerts.queries import ShownAlert
from openanpr.alerts.vocabulary import STATE_NAMES, AlertState
from openanpr.hotlists.copies import EntryCopy
from openanpr.hotlists.vocabulary import (
    ACTION_NAMES,
    PRIORITY_NAMES,
    WARNING_MARKERS,
    EntryAction,
    Priority,
)

STATE_COLOURS: Final[dict[AlertState, str]] = {
    AlertState.NEW: "red",
    AlertState.SEEN: "blue",
    AlertState.CHECKED: "purple",
    AlertState.CLOSED: "grey",
}

HOW_NAMES: Final[dict[str, str]] = {
    "exact": "Every character is the same",
    "folded": "The same, with O read as 0 and I as 1, which look alike on a plate",
    "near": "One character differs, which cameras mistake for that of the entry",
    "alternative": "The camera saw this mark as another possibility",
    "pattern": "The mark fits the entry's pattern",
}

LIST_STALE: Final = timedelta(days=28)
UNSURE: Final = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """One line of the live list. ``rank`` sorts as text: open, then gravest, then newest first."""

    id: UUID
    rank: str
    vrm: str
    list_name: str
    action: str
    action_text: str
    priority: str
    markers: list[str]
    reason: str
    area: str
    place: str
    captured_at: datetime
    state: str
    state_text: str
    state_colour: str
    hits: int
    late: bool
    answered: bool
    escalated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it was, as far as this person may know."""

    area: str
    direction: str
    camera: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A reading that the picture could also be, with its chance in per cent."""

    vrm: str
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HitLine:
    """One hit of a vehicle that was seen several times."""

    captured_at: datetime
    place: Place
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertPage:
    """Everything that the page of one alert shows."""

    row: AlertRow
    entry: EntryCopy
    place: Place
    percent: int
    unsure: bool
    candidates: list[Candidate]
    how: str
    list_age: str
    entry_age: str
    list_stale: bool
    seen_for: str
    hits: list[HitLine]
    doubts: list[str]


def row_of(shown: ShownAlert) -> AlertRow:
    """The line of one alert."""
    alert = shown.alert
    place = _place(alert.latest_hit, with_place=shown.with_place)
    state = AlertState(alert.state)
    return AlertRow(
        id=alert.id,
        rank=_rank(alert),
        vrm=alert.vrm,
        list_name=alert.list_name,
        action=alert.action,
        action_text=_action(alert.action),
        priority=PRIORITY_NAMES[Priority(alert.priority)],
        markers=[WARNING_MARKERS.get(marker, marker) for marker in alert.warning_markers],
        reason=alert.reason,
        area=place.area,
        place=place.camera,
        captured_at=alert.last_captured_at,
        state=state.value,
        state_text=STATE_NAMES[state],
        state_colour=STATE_COLOURS[state],
        hits=alert.hit_count,
        late=alert.late,
        answered=alert.answered_at is not None,
        escalated=alert.escalation > 0,
    )


def page_of(shown: ShownAlert, *, hits: list[Hit], at: datetime, limit_kmh: float) -> AlertPage:
    """The page of one alert, with its newest hit in front and the others below.

    ``limit_kmh``: the speed between two hits above which they cannot be of one vehicle.
    """
    alert, hit = shown.alert, shown.alert.latest_hit
    entry = EntryCopy.from_json(hit.entry_copy)
    return AlertPage(
        row=row_of(shown),
        entry=entry,
        place=_place(hit, with_place=shown.with_place),
        percent=percent(hit.confidence),
        unsure=hit.confidence < UNSURE,
        candidates=_candidates(hit),
        how=HOW_NAMES.get(hit.how, hit.how),
        list_age=age(entry.list_refreshed_at, at=at),
        entry_age=age(entry.entry_made_at, at=at),
        list_stale=at - entry.list_refreshed_at > LIST_STALE,
        seen_for=length(alert.last_captured_at - alert.first_captured_at),
        hits=[
            HitLine(
                captured_at=one.captured_at,
                place=_place(one, with_place=shown.with_place),
                percent=percent(one.confidence),
            )
            for one in hits
        ],
        doubts=_doubts(hits, with_place=shown.with_place, limit_kmh=limit_kmh),
    )


def _doubts(hits: list[Hit], *, with_place: bool, limit_kmh: float) -> list[str]:
    """Why the hits cannot all be of one vehicle, a sentence a pair."""
    points = [
        Point(one.captured_at, one.latitude, one.longitude)
        for one in hits
        if one.latitude is not None and one.longitude is not None
    ]
    legs = impossible_legs(points, limit_kmh=limit_kmh)
    if legs and not with_place:  # a distance would narrow down where the cameras stand
        return ["Two of the cameras are too far apart for the time between the hits."]
    return [
        f"{leg.kilometres:.0f} km in {length(leg.end.at - leg.start.at)}: "
        f"at least {leg.kmh:,.0f} km/h."
        for leg in legs
    ]


def percent(chance: float) -> int:
    """A chance as whole per cent; never 100, since no reading is certain, nor below 1."""
    return min(99, max(1, round(chance * 100)))


def _place(hit: Hit, *, with_place: bool) -> Place:
    if not with_place:
        return Place(area=hit.camera_area, direction=hit.direction)
    return Place(
        area=hit.camera_area,
        direction=hit.direction,
        camera=hit.camera_name,
        latitude=hit.latitude,
        longitude=hit.longitude,
    )


def _candidates(hit: Hit) -> list[Candidate]:
    return [
        Candidate(vrm=str(one["vrm"]), percent=percent(float(one["confidence"])))
        for one in hit.alternatives
        if one.get("vrm") and one["vrm"] != hit.read_vrm
    ]


def _action(action: str) -> str:
    try:
        return ACTION_NAMES[EntryAction(action)]
    except ValueError:  # an imported list's own word
        return action


def _rank(alert: Alert) -> str:
    closed = int(alert.state == AlertState.CLOSED)
    oldest_last = 10**13 - int(alert.last_captured_at.timestamp() * 1000)
    return f"{closed}-{alert.severity + 500:03d}-{oldest_last:014d}"
