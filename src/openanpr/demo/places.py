"""Sites, cameras and the police car's track. All names are invented; the places are fields."""

from dataclasses import dataclass
from typing import Final

from openanpr.demo.people import AREA_NORTH, AREA_TOWN

FEED: Final = 84
CALLSIGN: Final = "FM-RP21"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSite:
    """A place where fixed cameras stand; degrees, WGS 84."""

    code: str
    name: str
    area: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCameraPlace:
    """A camera of the register and the rendered scene that it looks at (empty: none)."""

    name: str
    agent: str
    scene: str
    number: int
    source: int
    area: str
    direction: str
    site: str | None = None

    @property
    def key(self) -> str:
        """Its name on the wire."""
        return f"{FEED}/{self.source}/{self.number}"


SITES: Final[tuple[DemoSite, ...]] = (
    DemoSite(
        code="FM-101", name="Long Drove at Sedge Corner", area=AREA_NORTH,
        latitude=52.8417, longitude=0.0264,
    ),
    DemoSite(
        code="FM-102", name="Quay Street by the Old Maltings", area=AREA_TOWN,
        latitude=52.8163, longitude=0.0592,
    ),
    DemoSite(
        code="FM-190", name="Workshop bench", area=AREA_TOWN, latitude=52.8201, longitude=0.0487,
    ),
)  # fmt: skip

CAMERAS: Final[tuple[DemoCameraPlace, ...]] = (
    DemoCameraPlace(
        name="Long Drove, northbound", agent="fixed", scene="drove-north", source=1, number=1,
        area=AREA_NORTH, direction="northbound", site="FM-101",
    ),
    DemoCameraPlace(
        name="Long Drove, southbound", agent="fixed", scene="drove-south", source=1, number=2,
        area=AREA_NORTH, direction="southbound", site="FM-101",
    ),
    DemoCameraPlace(
        name="Quay Street, eastbound", agent="fixed", scene="quay-street", source=2, number=1,
        area=AREA_TOWN, direction="eastbound", site="FM-102",
    ),
    DemoCameraPlace(
        name=f"Patrol car {CALLSIGN}, forward", agent="patrol", scene="patrol", source=21,
        number=1, area=AREA_NORTH, direction="forward",
    ),
    DemoCameraPlace(
        name="Workshop bench", agent="bench", scene="", source=90, number=1, area=AREA_TOWN,
        direction="", site="FM-190",
    ),
)  # fmt: skip

BENCH: Final = "bench"  # an agent that is run by hand, on pictures or films of one's own

AGENTS: Final[dict[str, str]] = {  # file name -> the reader's name in the register
    "fixed": "Roadside reader, Fenbridge sites",
    "patrol": f"In-vehicle reader, {CALLSIGN}",
    BENCH: "Bench reader, for pictures and films",
}

# Corners of the car's round, each with the seconds since the start at about 45 miles an hour.
_ROUND: Final = (
    (52.8310, 0.0130), (52.8361, 0.0171), (52.8417, 0.0264), (52.8470, 0.0338), (52.8523, 0.0301),
    (52.8548, 0.0189), (52.8519, 0.0068), (52.8447, 0.0011), (52.8372, 0.0049), (52.8310, 0.0130),
)  # fmt: skip
_SPEED_MS: Final = 20.0
_METRES_A_DEGREE: Final = 111_320.0
_EAST_SHARE: Final = 0.604  # cosine of the latitude


def recorded_track() -> list[dict[str, float]]:
    """Return the car's round as the agent's track file holds it: `t`, `lat` and `lon`."""
    points = [{"t": 0.0, "lat": _ROUND[0][0], "lon": _ROUND[0][1]}]
    for latitude, longitude in _ROUND[1:]:
        before = points[-1]
        north = (latitude - before["lat"]) * _METRES_A_DEGREE
        east = (longitude - before["lon"]) * _METRES_A_DEGREE * _EAST_SHARE
        seconds = float((north**2 + east**2) ** 0.5) / _SPEED_MS
        points.append({"t": round(before["t"] + seconds, 1), "lat": latitude, "lon": longitude})
    return points
