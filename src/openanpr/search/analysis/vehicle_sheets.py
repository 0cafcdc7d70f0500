"""What the reads of one vehicle say, as its pages show it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from openanpr.cameras.models import Camera
from openanpr.cameras.queries import cameras_by_id
from openanpr.search.analysis import clones
from openanpr.search.analysis.journeys import journeys_of, pauses_of, seen_in
from openanpr.search.analysis.onward import FEWEST, Estimate, onward_from
from openanpr.search.analysis.places import places_of, shows_places
from openanpr.search.analysis.sightings import Sighting
from openanpr.search.analysis.strength import COLOURS, WORDS, Strength
from openanpr.search.analysis.timeline import timeline_of
from openanpr.search.services import SearchResult
from openanpr.search.store import FoundRead
from openanpr.web.dates import clock_time, force_zone, short_moment
from openanpr.web.maps import MapPoint, points

MOST_LINES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table of the page, told in text."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = "Nothing to show."


def sightings_of(result: SearchResult) -> list[Sighting]:
    """The reads as analysis takes them. Places are known here and told only as the scope allows."""
    cameras = cameras_by_id({read.camera_id for read in result.reads})
    return [sighting(read, cameras.get(read.camera_id)) for read in result.reads]


def sighting(read: FoundRead, camera: Camera | None) -> Sighting:
    """One read with the place of its camera, where it brings none of its own."""
    site = camera.site if camera else None
    own = read.latitude is not None
    offset = read.clock_offset_ms
    return Sighting(
        id=read.id,
        vrm=read.vrm,
        captured_at=read.captured_at,
        camera_id=read.camera_id,
        area=camera.area_name if camera else "Unknown camera",
        likelihood=read.confidence,
        latitude=read.latitude if own else site.latitude if site else None,
        longitude=read.longitude if own else site.longitude if site else None,
        clock_offset=None if offset is None else timedelta(milliseconds=offset),
        doubts=sum(vrm != read.vrm for vrm, _ in read.alternatives),
    )


def movements(result: SearchResult) -> dict[str, Any]:
    """Journeys, pauses, and first and last in each area."""
    reads = sightings_of(result)
    journeys = journeys_of(reads)
    exact = shows_places(result)
    names = places_of(result, (one.camera_id for one in reads))
    return {
        "headline": _count(len(journeys), "journey"),
        "timeline": timeline_of(reads, start=result.question.start, end=result.question.end),
        "sheets": [
            Sheet(
                caption="Journeys, newest first",
                head=("From", "To", "Reads", "Areas in order", "At least"),
                rows=tuple(
                    (
                        short_moment(one.start),
                        clock_time(one.end),
                        str(len(one.reads)),
                        ", ".join(one.areas),
                        _far(one.distance, exact=exact),
                    )
                    for one in reversed(journeys[-MOST_LINES:])
                ),
            ),
            Sheet(
                caption="Between journeys, newest first",
                head=("Last read", "Next read", "Not read for", "Where"),
                rows=tuple(
                    (
                        short_moment(one.start),
                        short_moment(one.end),
                        _long(one.length),
                        f"Ended and began in {one.area}" if one.area else "Not known",
                    )
                    for one in reversed(pauses_of(journeys)[-MOST_LINES:])
                ),
                empty="There was one journey at most.",
            ),
            Sheet(
                caption="First and last in each area",
                head=("Area", "First read", "Last read", "Reads", "Days"),
                rows=tuple(
                    (
                        *(one.area, short_moment(one.first), short_moment(one.last)),
                        *(str(one.reads), str(one.days)),
                    )
                    for one in seen_in(reads, zone=force_zone())
                ),
            ),
        ],
        "sentences": [
            "A journey is a row of reads with no pause of more than 45 minutes. Where it began and "
            "ended is not known: only where it was first and last read.",
            "Between journeys the vehicle may have stood, or driven where no camera read it. That "
            "it ended and began in one area does not show that it stayed there.",
            "First and last are those of the period asked for and of what was allowed. A camera "
            "that was off, or a plate that was not read, makes them later or earlier.",
            "A plate is not a driver, and a read may be a misread: compare it with its picture.",
        ],
        **_map(reads, names, exact=exact),
    }


def second_plates(result: SearchResult) -> dict[str, Any]:
    """Reads that no one vehicle can have made, and what explains them."""
    reads = sightings_of(result)
    found = clones.tracks_of(reads, zone=force_zone())
    exact = shows_places(result)
    names = places_of(result, (one.camera_id for one in reads))
    unplaced = sum(one.latitude is None for one in reads)
    headline = {
        Strength.EXPLAINED: "No second vehicle stands out",
    }.get(found.strength, "Two vehicles may bear this mark")
    return {
        "headline": headline,
        "tag": (f"A second vehicle: {WORDS[found.strength].lower()}", COLOURS[found.strength]),
        "timeline": timeline_of(reads, start=result.question.start, end=result.question.end),
        "sheets": [
            Sheet(
                caption="Reads that no one vehicle can have made",
                head=("First", "Then", "Apart", "Speed at least", "Explained best by", "Why"),
                rows=tuple(
                    (
                        f"{short_moment(one.first.captured_at)}, {names[one.first.camera_id]}",
                        f"{clock_time(one.second.captured_at)}, {names[one.second.camera_id]}",
                        _far(one.km, exact=exact),
                        f"{round(one.kmh, -1):.0f} km/h" if one.kmh < 1e4 else "No time between",
                        clones.WORDS[one.explanation],
                        one.why,
                    )
                    for one in found.conflicts[:MOST_LINES]
                ),
                empty="Every read can have been made by one vehicle.",
            )
        ],
        "sentences": [
            f"{_count(len(reads), 'read')} {'was' if len(reads) == 1 else 'were'} laid into "
            f"{_count(len(found.tracks), 'track')} that one vehicle each can have driven, at no "
            f"more than {clones.FASTEST_KMH:.0f} km/h over a straight line.",
            *(
                [f"{_count(unplaced, 'read')} without a known place could not be used."]
                if unplaced
                else []
            ),
            "One odd read is a misread before it is a clone. A second vehicle is strong only "
            "with three good reads or more, on two days or at two cameras.",
            "Another vehicle whose mark is often read as this one looks the same as a clone: "
            "compare the pictures, make and colour before anybody acts.",
            "Clones that are never on the road at once with the real vehicle are not found.",
        ],
        **_map(reads, names, exact=exact),
    }


def onward(result: SearchResult) -> dict[str, Any]:
    """Where the vehicle is read next, from where it was read last."""
    reads = sightings_of(result)
    exact = shows_places(result)
    names = places_of(result, (one.camera_id for one in reads))
    journeys = journeys_of(reads)
    if not journeys:
        return {
            "headline": "Nothing can be said",
            "sheets": [],
            "sentences": ["The vehicle was not read in what was allowed."],
        }
    last = journeys[-1].reads[-1]
    estimate = onward_from(journeys, camera_id=last.camera_id)
    where = names[last.camera_id]
    return {
        "headline": _onward_headline(estimate),
        "sheets": [
            Sheet(
                caption=f"After {where}, where it was last read: {short_moment(last.captured_at)}",
                head=("Next read at", "Times", "Share", "95% interval", "After, in the middle"),
                rows=tuple(
                    (
                        names[one.camera_id] if one.camera_id else "Nowhere on that journey",
                        f"{one.times} of {one.of}",
                        f"{one.share:.0%}",
                        f"{one.low:.0%} to {one.high:.0%}",
                        _long(one.after) if one.after is not None else "-",
                    )
                    for one in estimate.onward
                ),
                empty=f"It passed there {_count(estimate.passes, 'earlier time')} in this period. "
                f"Fewer than {FEWEST} say nothing that could be relied on.",
            )
        ],
        "sentences": [
            "This counts what this vehicle did before, and knows nothing of why. It is no forecast "
            "of what somebody intends.",
            "Somebody who changes their habits, or a camera that is new or off, makes it wrong.",
            "The intervals hold as far as its journeys are independent of each other. They are not "
            "quite, so the truth may lie a little outside more often than one time in twenty.",
        ],
        **_map(reads, names, exact=exact),
    }


def _onward_headline(estimate: Estimate) -> str:
    if not estimate.onward:
        return "Too few journeys to say"
    first = estimate.onward[0]
    return f"{first.share:.0%} of {first.of} times it went one way"


def _map(reads: list[Sighting], names: dict[int, str], *, exact: bool) -> dict[str, Any]:
    if not exact:
        return {}
    counts: dict[tuple[str, float, float], int] = {}
    for one in reads:
        if one.latitude is not None and one.longitude is not None:
            key = (names[one.camera_id], one.latitude, one.longitude)
            counts[key] = counts.get(key, 0) + 1
    found = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return {
        "map_rows": [[name, str(many)] for (name, _, _), many in found],
        "map_points": points(
            MapPoint(label=f"{name}: {many}", latitude=latitude, longitude=longitude)
            for (name, latitude, longitude), many in found
        ),
    }


def _far(km: float | None, *, exact: bool) -> str:
    """A distance; without the right to places only to the next ten kilometres."""
    if km is None:
        return "Not known"
    if exact:
        return f"{km:.1f} km"
    return "Under 10 km" if km < 10 else f"About {round(km, -1):.0f} km"


def _long(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "d"), (hours, "h"), (minutes, "min")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "Under a minute"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
