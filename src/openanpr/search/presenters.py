"""Search results as the page shows them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from openanpr.access.vocabulary import SearchKind
from openanpr.accounts.models import User
from openanpr.cameras.queries import Place, cameras_by_id, place_of
from openanpr.reads.links import ImageLink, image_url, pictures_here
from openanpr.search import readings
from openanpr.search.coverage import Coverage, coverage_of
from openanpr.search.near import cameras_without_pictures, left_out
from openanpr.search.pictures import PURPOSE
from openanpr.search.question import MarkQuestion
from openanpr.search.selection import token_of
from openanpr.search.services import SearchResult
from openanpr.search.store import FoundRead
from openanpr.web.dates import force_zone, local
from openanpr.web.maps import MapPoint, points


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """One read in the table. ``raw_vrm`` is empty where it is the mark itself.

    ``patch`` and ``overview`` are addresses of pictures, empty where there is none to show;
    ``awaited``: the camera named a picture that has not come yet. ``token`` picks the read.
    ``second`` says what people and better models said of it since.
    """

    captured_at: datetime
    vrm: str
    raw_vrm: str
    confidence: str
    area: str
    site: str
    direction: str
    late: bool
    latitude: float | None
    longitude: float | None
    patch: str
    overview: str
    awaited: bool
    token: str = ""
    second: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPlace:
    """A place on the map of results (WGS 84 degrees) and how many reads were made there."""

    name: str
    area: str
    latitude: float
    longitude: float
    reads: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """One part of the period: what was answered for it, in words."""

    sentence: str
    allowed: bool
    left_out: bool = False


def read_lines(result: SearchResult, *, user: User, at: datetime) -> list[ReadLine]:
    """The table of reads, with places and pictures as far as the scope allows."""
    scope = result.decision.scope
    if scope is None:
        return []
    cameras = cameras_by_id({read.camera_id for read in result.reads})
    places = {
        number: place_of(camera, with_location=scope.show_location)
        for number, camera in cameras.items()
    }
    unknown = Place(area_name="Unknown camera")
    pictures = _Pictures(result, user=user, at=at)
    lines = [
        _line(
            read,
            places.get(read.camera_id, unknown),
            exact=scope.show_location,
            pictures=pictures,
        )
        for read in result.reads
    ]
    said = readings.by_read(result.found.second)
    lines = [
        replace(line, second=said.get(read.id, ()))
        for line, read in zip(lines, result.reads, strict=True)
    ]
    case = result.run.investigation_id
    if case is None:
        return lines
    return [
        replace(line, token=token_of(read, investigation_id=case, account_id=user.pk, at=at))
        for line, read in zip(lines, result.reads, strict=True)
    ]


def places_of(lines: list[ReadLine]) -> list[MapPlace]:
    """The exact places among the lines, most reads first; none where they may not be known."""
    counts = Counter(
        (line.site or line.area, line.area, line.latitude, line.longitude)
        for line in lines
        if line.latitude is not None and line.longitude is not None
    )
    return [
        MapPlace(name=name, area=area, latitude=latitude, longitude=longitude, reads=reads)
        for (name, area, latitude, longitude), reads in counts.most_common()
        if latitude is not None and longitude is not None
    ]


def map_of(places: list[MapPlace]) -> dict[str, Any]:
    """The places as the map script takes them."""
    return points(
        MapPoint(
            label=f"{place.name}: {place.reads}",
            latitude=place.latitude,
            longitude=place.longitude,
        )
        for place in places
    )


def part_lines(result: SearchResult) -> list[PartLine]:
    """What was allowed and what was not, part by part."""
    parts = result.decision.parts
    scope = result.decision.scope
    near = left_out(scope) if scope is not None else ()
    if not parts:
        return [PartLine(sentence=one, allowed=False) for one in result.sentences]
    return [
        PartLine(sentence=sentence, allowed=part.allowed)
        for part, sentence in zip(parts, result.sentences, strict=True)
    ] + [PartLine(sentence=one, allowed=False, left_out=True) for one in near]


class _Pictures:
    """Addresses of the result's pictures, for this person and a few minutes."""

    def __init__(self, result: SearchResult, *, user: User, at: datetime) -> None:
        scope = result.decision.scope
        self._allowed = scope is not None and scope.show_images
        self._account, self._at = user.pk, at
        self._purpose = f"{PURPOSE}:{result.run.id}"
        named = [one for read in result.reads for one in (read.patch_hash, read.overview_hash)]
        hashes = {sha256 for sha256 in named if sha256 is not None}
        self._here = pictures_here(hashes) if self._allowed else {}
        self._closed = cameras_without_pictures(scope) if scope and hashes else frozenset[int]()

    def address(self, sha256: str | None, *, of: FoundRead) -> str:
        """Where the picture is shown; empty for none."""
        if sha256 is None or sha256 not in self._here or of.camera_id in self._closed:
            return ""
        link = ImageLink(
            account_id=self._account,
            sha256=sha256,
            purpose=self._purpose,
            captured_at=of.captured_at,
        )
        return image_url(link, at=self._at)

    def awaited(self, sha256: str | None) -> bool:
        """Whether the picture was named and has not come."""
        return self._allowed and sha256 is not None and sha256 not in self._here


def _line(read: FoundRead, place: Place, *, exact: bool, pictures: _Pictures) -> ReadLine:
    latitude, longitude = place.latitude, place.longitude
    if exact and read.latitude is not None:
        latitude, longitude = read.latitude, read.longitude
    return ReadLine(
        captured_at=read.captured_at,
        vrm=read.vrm,
        raw_vrm="" if read.raw_vrm == read.vrm else read.raw_vrm,
        confidence=f"{read.confidence:.0%}",
        area=place.area_name,
        site=place.site_name or "",
        direction=read.direction,
        late=read.late,
        latitude=latitude,
        longitude=longitude,
        patch=pictures.address(read.patch_hash, of=read),
        overview=pictures.address(read.overview_hash, of=read),
        awaited=pictures.awaited(read.patch_hash),
    )


Ask = Callable[[], SearchResult]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkLine:
    """One mark among the reads shown, with how likely its best read was the mark asked for.

    ``likelihood`` is empty where nothing says; ``why`` says where it comes from.
    """

    vrm: str
    reads: int
    first: datetime
    last: datetime
    likelihood: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """One day (of the force's zone) with the reads shown of it, and its bar of 0 to 100."""

    day: datetime
    reads: int
    bar: int


def mark_lines(result: SearchResult) -> list[MarkLine]:
    """The marks among the reads, where a search may find several: likeliest first."""
    by_mark: dict[str, list[FoundRead]] = {}
    for read in result.reads:
        by_mark.setdefault(read.vrm, []).append(read)
    if len(by_mark) < 2 and result.question.kind is not SearchKind.NEAR:
        return []
    asked = result.question.marks if isinstance(result.question, MarkQuestion) else frozenset()
    ranked = []
    for vrm, reads in by_mark.items():
        chance, why = _likelihood(reads, asked)
        line = MarkLine(
            vrm=vrm,
            reads=len(reads),
            first=reads[-1].captured_at,
            last=reads[0].captured_at,
            likelihood="" if chance is None else f"{chance:.0%}",
            why=why,
        )
        ranked.append(((-(chance or 0.0), -len(reads), vrm), line))
    return [line for _, line in sorted(ranked, key=lambda one: one[0])]


def _likelihood(reads: list[FoundRead], asked: frozenset[str]) -> tuple[float | None, str]:
    """The best of the reader's own confidences that a read of this mark was one asked for."""
    if not asked:
        return None, ""
    if reads[0].vrm in asked:
        return max(read.confidence for read in reads), "read so"
    others = [confidence for read in reads for vrm, confidence in read.alternatives if vrm in asked]
    if others:
        return max(others), "the reader's second thought"
    return None, "one character off; the reader did not think of it"


def day_lines(result: SearchResult) -> list[DayLine]:
    """The reads shown by day, oldest first; none where all fall on one day."""
    counts = Counter(local(read.captured_at).date() for read in result.reads)
    if len(counts) < 2:
        return []
    most = max(counts.values())
    zone = force_zone()
    return [
        DayLine(
            day=datetime.combine(day, time(12), tzinfo=zone),
            reads=count,
            bar=max(1, round(100 * count / most)),
        )
        for day, count in sorted(counts.items())
    ]


def coverage(result: SearchResult, *, at: datetime) -> Coverage | None:
    """Which cameras were up where and when this search could look; ``None`` for a refused one."""
    scope = result.decision.scope
    if scope is None:
        return None
    named = [one.camera_ids for one in result.planned]
    ids = None
    if all(one is not None for one in named):
        ids = frozenset(number for one in named for number in one or ())
    return coverage_of(
        scope.periods,
        camera_ids=ids,
        covert=scope.include_covert,
        with_location=scope.show_location,
        at=at,
    )
