"""Where a moving camera is: a recorded track, followed again and again."""

import bisect
import json
import math
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import ParseError, XMLParser

from openanpr.capture.frames import SourceProblem

_MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Position:
    """A place in degrees, WGS 84."""

    latitude: float
    longitude: float


class Track:
    """Points with seconds from the start, at least two and rising; after the last, the first."""

    def __init__(self, points: list[tuple[float, Position]]) -> None:
        """Take (seconds, position) in order. Raises SourceProblem for a track without length."""
        if len(points) < 2 or points[-1][0] <= points[0][0]:
            raise SourceProblem("a track needs two points or more, with rising times")
        if any(later[0] < earlier[0] for earlier, later in pairwise(points)):
            raise SourceProblem("the times of the track run backwards")
        start = points[0][0]
        self._seconds = [moment - start for moment, _ in points]
        self._places = [place for _, place in points]

    @property
    def lasts(self) -> float:
        """Seconds from the first point to the last."""
        return self._seconds[-1]

    def at(self, seconds: float) -> Position:
        """Return the place so many seconds after the start, between points in a straight line."""
        moment = seconds % self.lasts
        after = min(bisect.bisect_right(self._seconds, moment), len(self._seconds) - 1)
        before = after - 1
        span = self._seconds[after] - self._seconds[before]
        share = (moment - self._seconds[before]) / span if span > 0 else 0.0
        a, b = self._places[before], self._places[after]
        return Position(
            round(a.latitude + (b.latitude - a.latitude) * share, 6),
            round(a.longitude + (b.longitude - a.longitude) * share, 6),
        )


def load_track(path: Path) -> Track:
    """Read a GPX file, or JSON: a list of objects with `lat`, `lon` and `t` in seconds.

    Raises SourceProblem for a file that is neither, or names places that are none.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise SourceProblem(f"the track {path.name} is larger than 20 MB")
        data = path.read_bytes()
    except OSError as problem:
        raise SourceProblem(f"the track {path.name} cannot be read: {problem.strerror}") from None
    try:
        points = _gpx(data) if data.lstrip()[:1] == b"<" else _json(data)
    except (ValueError, KeyError, TypeError, ParseError):
        raise SourceProblem(f"{path.name} is no track in GPX or JSON") from None
    for _, place in points:
        if not (abs(place.latitude) <= 90 and abs(place.longitude) <= 180):
            raise SourceProblem(f"the track {path.name} has a place that is not on Earth")
    return Track(points)


def _json(data: bytes) -> list[tuple[float, Position]]:
    document = json.loads(data)
    rows = document["points"] if isinstance(document, dict) else document
    points = [(float(row["t"]), Position(float(row["lat"]), float(row["lon"]))) for row in rows]
    if not all(math.isfinite(moment) for moment, _ in points):
        raise ValueError("a time is no number")
    return points


class _GpxPoints:
    """Collects the track points of a GPX file as its elements go by."""

    def __init__(self) -> None:
        self.points: list[tuple[float, Position]] = []
        self._place: Position | None = None
        self._text: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if name == "trkpt":
            self._place = Position(float(attributes["lat"]), float(attributes["lon"]))
        elif name == "time" and self._place is not None:
            self._text = []

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if self._text is not None and self._place is not None:
            moment = datetime.fromisoformat("".join(self._text).strip())
            self.points.append((moment.timestamp(), self._place))
            self._text = self._place = None

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        # A track needs no document type; entities declared in one could fill the memory.
        raise ValueError("a track with a document type is refused")

    def close(self) -> list[tuple[float, Position]]:
        return self.points


def _gpx(data: bytes) -> list[tuple[float, Position]]:
    collected = _GpxPoints()
    parser = XMLParser(target=collected)  # noqa: S314 - document types are refused
    parser.feed(data)
    parser.close()
    return collected.points
