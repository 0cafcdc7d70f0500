"""What is planted in the traffic of the measurement, and where it is to be found again."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import cos, radians
from typing import Final

from openanpr.cli.bench_search_traffic import CAMERAS, HIGH, WIDE, mark_of
from openanpr.reads.rows import ReadRow
from openanpr.wire import Read, uuid7

DAY, HOUR, MINUTE, SECOND = (
    timedelta(days=1),
    timedelta(hours=1),
    timedelta(minutes=1),
    timedelta(seconds=1),
)
JOURNEYS: Final = (2, 3, 4, 6, 10)
"""How often those who are planted to travel together do so in the fortnight."""
CLONED: Final = (1, 2, 3, 5)
"""On how many days a second plate is out."""
_FIRST_PLANTED: Final = 20_000_000  # beyond every vehicle of the traffic
_CAPTURED, _MISREAD = 0.95, 0.015
_APART_KM: Final = 4.0
_KM: Final = 111.19
_TAKEN_FOR: Final = {"0": "O", "1": "I", "8": "B", "B": "8", "F": "E", "M": "H", "V": "Y"}


@dataclass(frozen=True, slots=True)
class Together:
    """Two vehicles that travelled together so many times."""

    leader: str
    follower: str
    journeys: int


@dataclass(frozen=True, slots=True)
class Visited:
    """Scenes as (cameras, start), each an hour long, and the mark that was at all of them."""

    scenes: tuple[tuple[frozenset[int], datetime], ...]
    vrm: str


@dataclass(frozen=True, slots=True)
class Second:
    """A mark that two vehicles bear on so many days; 0: one vehicle, and a wrong clock told."""

    vrm: str
    days: int


@dataclass(slots=True)
class Plants:
    """All that is planted before ``end``, with the reads that it makes."""

    end: datetime
    chance: random.Random
    reads: list[ReadRow] = field(default_factory=list)
    together: list[Together] = field(default_factory=list)
    visited: list[Visited] = field(default_factory=list)
    second: list[Second] = field(default_factory=list)
    _marks: int = 0

    def new_mark(self) -> str:
        """A mark that nobody else bears."""
        self._marks += 1
        return mark_of(_FIRST_PLANTED + self._marks)

    def travel_together(self, journeys: int) -> None:
        """Two vehicles, one 6 to 25 seconds behind, at odd hours of the last fortnight."""
        leader, follower = self.new_mark(), self.new_mark()
        days = self.chance.sample(range(1, 14), journeys)
        for day in days:
            start = self.end - day * DAY + self.chance.uniform(7, 22) * HOUR
            cameras = self._route()
            pace = [self.chance.uniform(120, 420) for _ in cameras]
            behind = self.chance.uniform(6, 25)
            self._drive(leader, start, cameras, pace)
            self._drive(follower, start + behind * SECOND, cameras, pace)
        for vrm in (leader, follower):
            for day in range(1, 14):
                pace = [self.chance.uniform(120, 420) for _ in range(9)]
                start = self.end - day * DAY + self.chance.uniform(6, 23) * HOUR
                self._drive(vrm, start, self._route(), pace)
        self.together.append(Together(leader, follower, journeys))

    def visit(self, scenes: int) -> None:
        """One vehicle at so many places, three cameras each, on different days of the last ten."""
        vrm = self.new_mark()
        found = []
        for day in self.chance.sample(range(1, 10), scenes):
            cameras = frozenset(self.chance.sample(range(1, CAMERAS + 1), 3))
            start = self.end - day * DAY + self.chance.randrange(7, 22) * HOUR
            at = start + self.chance.uniform(2, 58) * MINUTE
            self.add(vrm, at, min(cameras))
            found.append((cameras, start))
        self.visited.append(Visited(tuple(found), vrm))

    def second_plate(self, days: int) -> None:
        """A vehicle in one corner of the county, and another of its mark in the other."""
        vrm = self.new_mark()
        self._at_home(vrm)
        for day in self.chance.sample(range(1, 13), days):
            at = self.end - day * DAY + 8 * HOUR + self.chance.uniform(-4, 4) * MINUTE
            self.add(vrm, at, CAMERAS)
            self.add(vrm, at + 5 * MINUTE, CAMERAS - 1)
        self.second.append(Second(vrm, days))

    def wrong_clock(self) -> None:
        """A vehicle that a camera at the other end of its way read with a clock it knew was off."""
        vrm = self.new_mark()
        self._at_home(vrm)
        for day in range(1, 5):
            at = self.end - day * DAY + 8 * HOUR + 2 * MINUTE
            self.add(vrm, at, WIDE * 5, clock_offset_ms=-2_400_000.0)
        self.second.append(Second(vrm, 0))

    def _at_home(self, vrm: str) -> None:
        for day in range(1, 14):
            for hour in (8.0, 17.5):
                start = self.end - day * DAY + hour * HOUR + self.chance.uniform(-3, 3) * MINUTE
                self._drive(vrm, start, [1, 2, 3], [200.0, 200.0, 200.0])

    def _drive(
        self, vrm: str, start: datetime, cameras: Sequence[int], pace: Iterable[float]
    ) -> None:
        at = start
        for camera, leg in zip(cameras, pace, strict=False):
            if self.chance.random() < _CAPTURED:
                self._read(vrm, at + self.chance.gauss(0, 1.5) * SECOND, camera)
            at += leg * SECOND

    def _read(self, vrm: str, at: datetime, camera: int) -> None:
        if self.chance.random() < _MISREAD:
            place = self.chance.randrange(len(vrm))
            taken = _TAKEN_FOR.get(vrm[place], vrm[place])
            vrm = vrm[:place] + taken + vrm[place + 1 :]
        self.add(vrm, at, camera)

    def add(
        self, vrm: str, at: datetime, camera: int, *, clock_offset_ms: float | None = None
    ) -> None:
        """One read."""
        read = Read(
            id=uuid7(),
            sequence=len(self.reads),
            camera="1/1/1",
            vrm=vrm,
            raw_vrm=vrm,
            captured_at=at,
            confidence=self.chance.uniform(0.93, 0.999),
            model_version="bench-1",
        )
        self.reads.append(
            ReadRow(
                read=read,
                camera_id=camera,
                batch_id=read.id,
                received_at=at + SECOND,
                clock_offset_ms=clock_offset_ms,
                late=False,
            )
        )

    def _route(self) -> list[int]:
        x, y = self.chance.randrange(WIDE), self.chance.randrange(HIGH)
        east, north = (1 if x < WIDE / 2 else -1), (1 if y < HIGH / 2 else -1)
        cameras = []
        for _ in range(self.chance.randrange(4, 8)):
            cameras.append(y * WIDE + x + 1)
            if self.chance.random() < 0.5 and 0 <= x + east < WIDE:
                x += east
            elif 0 <= y + north < HIGH:
                y += north
            else:
                break
        return cameras


def plant(*, end: datetime, cases: int) -> Plants:
    """So many cases of each kind, the same each time for the same end."""
    plants = Plants(end, random.Random(11))  # noqa: S311 - traffic, not secrets
    for _ in range(cases):
        for journeys in JOURNEYS:
            plants.travel_together(journeys)
        for scenes in (2, 3):
            plants.visit(scenes)
        for days in CLONED:
            plants.second_plate(days)
        plants.wrong_clock()
    return plants


def position_of(camera: int) -> tuple[float, float]:
    """Where a camera of the traffic's grid stands: four kilometres from each to the next."""
    x, y = (camera - 1) % WIDE, (camera - 1) // WIDE
    latitude = 51.5 + y * _APART_KM / _KM
    return latitude, 0.3 + x * _APART_KM / (_KM * cos(radians(51.6)))
