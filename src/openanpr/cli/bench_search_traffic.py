"""Made-up traffic: journeys on a grid of roads, commuters, rush hours, misreads, convoys, clones.

Each day is made by itself from its number, so that a stopped build goes on with the next.
Marks are never-issued ones, as those of `openanpr.vrm.fictional`.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from openanpr.vrm.fictional import AGE_CODES

Numbers = NDArray[np.int64]
Times = NDArray[np.float64]
Text = NDArray[np.uint8]

DAY_S: Final = 86_400
WIDE, HIGH = 10, 8
CAMERAS: Final = WIDE * HIGH
_ROUTES: Final = 600
_LONGEST: Final = 9
_CAPTURED: Final = 0.95
_MISREAD: Final = 0.015
PLANTED: Final = 40
"""The first vehicles: 0 and 1 drive together, 2 and 3, and so on; each even one is also cloned."""

_TAG: Final = "ABCDEFGHJKLMNOPRSTUVWXY"
_FIRST: Final = "BCDFGHJKLMNPRSTVWXYZ"  # without vowels: the three letters then spell no word
_TAKEN_FOR: Final = dict(zip("0OD1I2Z5S8BEFTYVGC6KHM", "OD0IIZ2S5B8FETVYCGGHKN", strict=True))


@dataclass(frozen=True, slots=True)
class Passages:
    """Reads of one day, in order of time: seconds of the day, camera (from 1), mark (7 bytes)."""

    seconds: Times
    cameras: Numbers
    marks: Text
    misread: NDArray[np.bool_]

    def first(self, count: int) -> "Passages":
        """The first so many of them."""
        return Passages(
            self.seconds[:count], self.cameras[:count], self.marks[:count], self.misread[:count]
        )


class Traffic:
    """The roads, and who drives on them. ``a_day`` reads are made of each day."""

    def __init__(self, *, a_day: int, seed: int = 1) -> None:
        self.a_day = a_day
        self._seed = seed
        chance = np.random.default_rng(seed)
        self._routes, self._offsets, self._lengths = _routes(chance)
        journeys = a_day / float(self._lengths.mean()) / _CAPTURED
        # Somewhat under half of all journeys are made by people on their way to work and back.
        self.commuters = PLANTED + int(journeys * 0.22)
        self._pool = max(200, int(journeys * 45))
        self._route_of = chance.integers(0, _ROUTES, self.commuters)
        self._leaves = chance.normal(7.75 * 3600, 2700, self.commuters)
        self._returns = chance.normal(17.2 * 3600, 3600, self.commuters)

    def day(self, number: int, *, weekday: int) -> Passages:
        """The reads of day ``number``; ``weekday`` 0 is a Monday. Exactly ``a_day`` of them."""
        chance = np.random.default_rng([self._seed, number])
        vehicles, routes, starts = self._journeys(chance, weekday)
        seconds, cameras, who = self._driven(chance, vehicles, routes, starts)
        keep = chance.permutation(len(seconds))[: self.a_day]
        keep = keep[np.argsort(seconds[keep], kind="stable")]
        marks = mark_bytes(who[keep])
        misread = _misread(chance, marks)
        return Passages(seconds[keep], cameras[keep], marks, misread)

    def _journeys(
        self, chance: np.random.Generator, weekday: int
    ) -> tuple[Numbers, Numbers, Times]:
        parts: list[tuple[Numbers, Numbers, Times]] = []
        working = np.flatnonzero(chance.random(self.commuters) < (0.88 if weekday < 5 else 0.12))
        for times, turned in ((self._leaves, 0), (self._returns, _ROUTES)):
            starts = times[working] + chance.normal(0, 420, len(working))
            parts.append((working, self._route_of[working] + turned, starts))
        parts += self._planted(chance, weekday)
        driven = sum(int(self._lengths[routes].sum()) for _, routes, _ in parts) * _CAPTURED
        missing = max(self.a_day * 1.15 - driven, self.a_day * 0.2)
        others = int(missing / float(self._lengths.mean()) / _CAPTURED) + 10
        # A few drive often, many once in a while.
        who = self.commuters + (self._pool * chance.random(others) ** 2.2).astype(np.int64)
        hour = chance.choice(24, others, p=_BY_HOUR)
        starts = hour * 3600.0 + chance.random(others) * 3600
        parts.append((who, chance.integers(0, 2 * _ROUTES, others), starts))
        who, routes, starts = (np.concatenate(column) for column in zip(*parts, strict=True))
        return who, routes, starts

    def _planted(
        self, chance: np.random.Generator, weekday: int
    ) -> list[tuple[Numbers, Numbers, Times]]:
        leaders = np.arange(0, PLANTED, 2)
        routes = chance.integers(0, 2 * _ROUTES, len(leaders))
        starts = chance.uniform(10 * 3600, 22 * 3600, len(leaders))
        elsewhere = (routes + _ROUTES // 2) % (2 * _ROUTES)
        together = weekday in (1, 3, 5)
        convoy = (leaders + 1, routes, starts + chance.uniform(6, 25, len(leaders)))
        clone = (leaders, elsewhere, starts + chance.uniform(0, 600, len(leaders)))
        return [(leaders, routes, starts), convoy] if together else [clone]

    def _driven(
        self, chance: np.random.Generator, vehicles: Numbers, routes: Numbers, starts: Times
    ) -> tuple[Times, Numbers, Numbers]:
        lengths = self._lengths[routes]
        row = np.repeat(np.arange(len(routes)), lengths)
        step = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        pace = chance.normal(1, 0.08, len(routes))[row]
        # The pace is the whole journey's, so those who travel together stay together.
        pace[vehicles[row] < PLANTED] = 1
        times = starts[row] + self._offsets[routes[row], step] * pace
        times += chance.normal(0, 1.5, len(row))
        cameras = self._routes[routes[row], step] + 1
        seen = (chance.random(len(row)) < _CAPTURED) & (times >= 0) & (times < DAY_S)
        return times[seen], cameras[seen], vehicles[row][seen]


def mark_bytes(vehicles: Numbers) -> Text:
    """The mark of each vehicle, 7 bytes a row: never issued, each its own."""
    total = len(_TAG) ** 2 * len(AGE_CODES) * len(_FIRST) ** 3
    rest = (vehicles * 104_729 + 7_919) % total  # both prime: no two vehicles share a mark
    marks = np.empty((len(vehicles), 7), dtype=np.uint8)
    for place, letters in ((6, _FIRST), (5, _FIRST), (4, _FIRST), (1, _TAG), (0, _TAG)):
        rest, which = np.divmod(rest, len(letters))
        marks[:, place] = np.frombuffer(letters.encode(), dtype=np.uint8)[which]
    codes = np.array([[ord(one) for one in code] for code in AGE_CODES], dtype=np.uint8)
    marks[:, 2:4] = codes[rest]
    return marks


def mark_of(vehicle: int) -> str:
    """The mark of one vehicle."""
    return mark_bytes(np.array([vehicle])).tobytes().decode()


_hours = np.array([1, 1, 1, 1, 1, 2, 4, 7, 8, 6, 5, 5, 6, 6, 6, 7, 8, 9, 7, 5, 4, 3, 2, 2], float)
_BY_HOUR: Final = _hours / _hours.sum()


def _routes(chance: np.random.Generator) -> tuple[Numbers, Times, Numbers]:
    """Walks over the grid that never turn straight back, and each of them the other way round."""
    routes = np.zeros((2 * _ROUTES, _LONGEST), dtype=np.int64)
    offsets = np.zeros((2 * _ROUTES, _LONGEST))
    lengths = np.zeros(2 * _ROUTES, dtype=np.int64)
    pace = chance.uniform(120, 420, (CAMERAS, CAMERAS))
    pace = (pace + pace.T) / 2
    for number in range(_ROUTES):
        walk = [int(chance.integers(0, CAMERAS))]
        for _ in range(int(chance.integers(2, _LONGEST))):
            onward = [one for one in _beside(walk[-1]) if one not in walk[-2:]]
            walk.append(int(chance.choice(onward)))
        for row, way in ((number, walk), (number + _ROUTES, walk[::-1])):
            lengths[row] = len(way)
            routes[row, : len(way)] = way
            legs = [pace[a, b] for a, b in pairwise(way)]
            offsets[row, 1 : len(way)] = np.cumsum(legs)
    return routes, offsets, lengths


def _beside(camera: int) -> list[int]:
    x, y = camera % WIDE, camera // WIDE
    around = ((x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1))
    return [b * WIDE + a for a, b in around if 0 <= a < WIDE and 0 <= b < HIGH]


def _misread(chance: np.random.Generator, marks: Text) -> NDArray[np.bool_]:
    """Take one character of some marks for another, in place; which rows changed."""
    wrong = np.flatnonzero(chance.random(len(marks)) < _MISREAD)
    places = chance.integers(0, 7, len(wrong))
    table = np.arange(256, dtype=np.uint8)
    for one, other in _TAKEN_FOR.items():
        table[ord(one)] = ord(other)
    before = marks[wrong, places]
    marks[wrong, places] = table[before]
    changed = np.zeros(len(marks), dtype=bool)
    changed[wrong] = table[before] != before
    return changed
