"""Which vehicles were near a scene or drove along a route, as their pages show it."""

from datetime import datetime, timedelta

from openanpr.cameras.queries import camera_ids_in_areas, cameras_by_id
from openanpr.investigations.subjects import vehicles_of
from openanpr.search.analysis.nearby import COLOURS, WORDS, Presence, Whereabouts, whereabouts_of
from openanpr.search.analysis.places import places_of, shows_places
from openanpr.search.analysis.presenters import FindingLine, MetLine
from openanpr.search.analysis.questions import LinkedQuestion, RouteQuestion
from openanpr.search.analysis.vehicle_sheets import sightings_of
from openanpr.search.asked import alike
from openanpr.search.coverage import Coverage, coverage_of
from openanpr.search.services import SearchResult
from openanpr.search.services.combining import runs_of
from openanpr.web.dates import short_moment


def linked_lines(result: SearchResult) -> list[FindingLine]:
    """Each linked vehicle, those read at the scene first."""
    question = result.question
    investigation = result.run.investigation
    if not isinstance(question, LinkedQuestion) or investigation is None:
        return []
    scene = question.scene
    cameras = scene.place.camera_ids or camera_ids_in_areas(scene.place.areas)
    points = tuple(
        (camera.site.latitude, camera.site.longitude)
        for camera in cameras_by_id(cameras).values()
        if camera.site is not None
    )
    reads = sightings_of(result)
    links: dict[str, list[str]] = {}
    for one in vehicles_of(investigation, at=result.run.asked_at):
        links.setdefault(one.vrm, []).append(f"{one.subject.name}, {one.link} ({one.grade})")
    found = [
        whereabouts_of(
            vrm,
            [one for one in reads if one.vrm in alike({vrm}, look_alikes=True)],
            cameras=cameras,
            points=points,
            start=scene.start,
            end=scene.end,
        )
        for vrm in sorted(question.vrms)
    ]
    order = list(Presence)
    found.sort(key=lambda one: (order.index(one.presence), one.vrm))
    places = places_of(result, (one.camera_id for one in reads))
    return [_linked(one, links.get(one.vrm, ["No longer linked"]), places) for one in found]


def _linked(one: Whereabouts, links: list[str], places: dict[int, str]) -> FindingLine:
    told = [(read, "In that time, at the place") for read in one.there]
    told += [(read, "Nearest before") for read in (one.before,) if read]
    told += [(read, "Nearest after") for read in (one.after,) if read]
    told.sort(key=lambda pair: pair[0].captured_at)
    return FindingLine(
        vrm=one.vrm,
        word=WORDS[one.presence],
        colour=COLOURS[one.presence],
        cells=("; ".join(links), _stay(one)),
        reads=tuple(
            MetLine(captured_at=read.captured_at, place=places[read.camera_id], note=note)
            for read, note in told
        ),
    )


def _stay(one: Whereabouts) -> str:
    if one.presence is Presence.READ_THERE:
        return f"{len(one.there)} read{'' if len(one.there) == 1 else 's'} there"
    if one.presence is Presence.NO_READS:
        return "Nothing is known of it"
    if one.presence is Presence.RULED_OUT:
        return "Its reads leave no time for it, at 200 km/h in a straight line"
    minutes = int((one.stay or timedelta()).total_seconds() // 60)
    usual = int((one.needed or timedelta()).total_seconds() // 60)
    return (
        f"Up to {minutes} minutes of that time; the way there and on takes about {usual} minutes "
        "at 50 km/h"
    )


def linked_sentences() -> list[str]:
    """How far the whereabouts can be relied on."""
    return [
        "Read there means that a camera of the place took a plate for this mark in that time. It "
        "says nothing of who drove, nor that the vehicle stopped.",
        "Can have been there means that no read speaks against it, and no more: most vehicles of "
        "the county could have been there too.",
        "Read too far away holds as long as the mark was read right, nobody drives with a second "
        "plate of that mark, and the clocks were right.",
        "Not read at all says nothing: see below which cameras of the place were up in that time.",
        "A link is as good as its source. The grade is 3x5x2: source, assessment, handling.",
    ]


def route_lines(result: SearchResult) -> list[FindingLine]:
    """Marks that drove along the route, those that did so most often first."""
    question = result.question
    if not isinstance(question, RouteQuestion):
        return []
    found = [(one, runs_of(one, question)) for one in result.found.common]
    found.sort(key=lambda pair: (-len(pair[1]), pair[0].vrm))
    ids = [read.camera_id for one, _ in found for _, read in one.visits]
    places = places_of(result, ids)
    return [
        FindingLine(
            vrm=one.vrm,
            word="Along the route",
            colour="blue",
            cells=(
                str(len(runs)),
                f"{min(run.length for run in runs).total_seconds() / 60:.0f} minutes",
            ),
            reads=tuple(
                MetLine(
                    captured_at=read.captured_at,
                    place=places[read.camera_id],
                    note=f"Place {number + 1}",
                )
                for number, read in one.visits
            ),
        )
        for one, runs in found
    ]


def route_sentences() -> list[str]:
    """How far the vehicles along a route can be relied on."""
    return [
        "These marks were read at every place in that order. Whether they took the road between is "
        "not known.",
        "A main road carries many who have nothing to do with what is looked into. Being along a "
        "route is a reason to look further, and none to act.",
        "A vehicle that one of the cameras missed is not in the list.",
    ]


def linked_headline(lines: list[FindingLine]) -> str:
    """How many were read there, in words."""
    there = sum(one.word == WORDS[Presence.READ_THERE] for one in lines)
    return f"{there} of {len(lines)} vehicle{'' if len(lines) == 1 else 's'} read there"


def scene_summary(result: SearchResult) -> str:
    """Where and when it happened, as it was asked."""
    question = result.question
    if not isinstance(question, LinkedQuestion):
        return ""
    scene = question.scene
    cameras = cameras_by_id(scene.place.camera_ids).values()
    areas = sorted({camera.area_name for camera in cameras} | scene.place.areas)
    return (
        f"Asked about {', '.join(areas)}, from {short_moment(scene.start)} to "
        f"{short_moment(scene.end)}."
    )


def coverage_of_scene(result: SearchResult, *, at: datetime) -> Coverage | None:
    """Which cameras of the scene were up in its time."""
    question, scope = result.question, result.decision.scope
    if not isinstance(question, LinkedQuestion) or scope is None:
        return None
    place = question.scene.place
    return coverage_of(
        [(question.scene.start, question.scene.end)],
        camera_ids=place.camera_ids or camera_ids_in_areas(place.areas),
        covert=scope.include_covert,
        with_location=shows_places(result),
        at=at,
    )
