"""The demo's vehicles, which of them are on which list, and when each passes which camera.

All marks are of a form that was never issued; makes and models are invented.
"""

import heapq
import itertools
import random
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import numpy as np

from openanpr.rendering.scenes import Vehicle
from openanpr.rendering.scenes_body import Kind
from openanpr.rendering.scenes_camera import CAMERA_STYLES
from openanpr.vrm.fictional import marks

ListName = Literal["stolen", "missing", "covert", "uninsured"]

_MARK_SEED: Final = 20_841
_LISTED: Final[tuple[tuple[ListName, int], ...]] = (
    ("stolen", 7), ("missing", 2), ("covert", 3), ("uninsured", 8),
)  # fmt: skip
_OTHERS: Final = 140
_MODELS: Final[dict[Kind, tuple[tuple[str, str], ...]]] = {
    "hatchback": (("Tern", "Dart"), ("Avocet", "Reed"), ("Plover", "2")),
    "saloon": (("Saker", "Executive"), ("Avocet", "Levels")),
    "suv": (("Heron", "Marsh"), ("Plover", "Upland")),
    "van": (("Bittern", "Carrier"), ("Heron", "Box")),
}
# Seconds. A vehicle on a list soon shows what the system is for; later ones are rarer.
_FIRST_LISTED_S: Final = 9.0
_LISTED_EVERY_S: Final = (38.0, 55.0)
_JOURNEY_EVERY_S: Final = (5.0, 9.0)
_BETWEEN_SITES_S: Final = (75.0, 120.0)
_ALONE_EVERY_S: Final = (8.0, 14.0)
_LONGEST_CAR_FIRST_S: Final = 24.0


@dataclass(frozen=True, slots=True)
class DemoVehicle:
    """A vehicle with what a list would say of it. `listed` is None for most."""

    vehicle: Vehicle
    make: str
    model: str
    listed: ListName | None

    @property
    def vrm(self) -> str:
        """Its mark."""
        return self.vehicle.vrm


@lru_cache(maxsize=1)
def fleet() -> tuple[DemoVehicle, ...]:
    """Return all vehicles of the demo world, those on a list first."""
    supply = marks(_MARK_SEED)
    rng = np.random.default_rng(_MARK_SEED)
    kinds: list[ListName | None] = [name for name, count in _LISTED for _ in range(count)]
    kinds += [None] * _OTHERS
    return tuple(_vehicle(next(supply), rng, listed) for listed in kinds)


def _vehicle(vrm: str, rng: np.random.Generator, listed: ListName | None) -> DemoVehicle:
    vehicle = Vehicle.random(vrm, rng)
    models = _MODELS[vehicle.look.kind]
    make, model = models[int(rng.integers(len(models)))]
    return DemoVehicle(vehicle, make, model, listed)


def listed(name: ListName) -> tuple[DemoVehicle, ...]:
    """Return the vehicles on one of the demo's lists."""
    return tuple(vehicle for vehicle in fleet() if vehicle.listed == name)


@dataclass(frozen=True, slots=True, order=True)
class Passing:
    """One or two vehicles pass a camera, `at_s` seconds after the traffic began."""

    at_s: float
    number: int
    vehicles: tuple[Vehicle, ...]
    speed: float


class Traffic:
    """Who passes which of an agent's cameras, and when. Safe to use from several threads.

    Fixed cameras see journeys: who passes one site passes the other some time later. The camera in
    a car meets vehicles that the fixed ones never see, so that no mark is in two places at once.
    """

    def __init__(self, cameras: Sequence[str], *, seed: int) -> None:
        """Make traffic for scenes of these names; raises ValueError for an unknown one."""
        for name in cameras:
            if name not in CAMERA_STYLES:
                raise ValueError(f"no demo scene is called {name!r}: {', '.join(CAMERA_STYLES)}")
        self._cameras = list(dict.fromkeys(cameras))
        self._chance = random.Random(seed)  # noqa: S311 - traffic, not secrets
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        self._queues: dict[str, list[Passing]] = {name: [] for name in self._cameras}
        self._next_journey = 2.0
        moving = all(CAMERA_STYLES[name].moving for name in self._cameras)
        self._next_listed = _LONGEST_CAR_FIRST_S if moving else _FIRST_LISTED_S
        self._every = _ALONE_EVERY_S if moving else _JOURNEY_EVERY_S
        share = [v for n, v in enumerate(fleet()) if (n % 4 == 3) == moving]
        self._listed = self._shuffled([v for v in share if v.listed is not None])
        # The first is one that every officer is told of; one of the covert list comes soon after.
        self._listed.sort(key=lambda v: v.listed == "covert")
        self._listed.insert(2, self._listed.pop())
        self._others = self._shuffled([v for v in share if v.listed is None])

    def next_passing(self, camera: str) -> Passing:
        """Return who passes this camera next."""
        with self._lock:
            while not self._queues[camera] or self._queues[camera][0].at_s > self._next_journey:
                self._begin_journey()
            return heapq.heappop(self._queues[camera])

    def _shuffled(self, vehicles: list[DemoVehicle]) -> list[DemoVehicle]:
        self._chance.shuffle(vehicles)
        return vehicles

    def _begin_journey(self) -> None:
        at = self._next_journey
        self._next_journey = at + self._chance.uniform(*self._every)
        on_list = at >= self._next_listed
        if on_list:
            self._next_listed = at + self._chance.uniform(*_LISTED_EVERY_S)
        chosen = [self._take(self._listed if on_list else self._others)]
        if self._chance.random() < 0.12:
            chosen.append(self._take(self._others))
        vehicles = tuple(one.vehicle for one in chosen)
        for camera in self._way(on_list=on_list):
            passing = Passing(at, next(self._numbers), vehicles, self._chance.uniform(11.5, 15.5))
            heapq.heappush(self._queues[camera], passing)
            vehicles = vehicles[:1]
            at += self._chance.uniform(*_BETWEEN_SITES_S)

    def _take(self, queue: list[DemoVehicle]) -> DemoVehicle:
        taken = queue.pop(0)
        queue.append(taken)
        return taken

    def _way(self, *, on_list: bool) -> list[str]:
        """The cameras of a journey: one of each place, in one direction or the other."""
        places: dict[str, list[str]] = {}
        for name in self._cameras:
            places.setdefault(name.partition("-")[0], []).append(name)
        way = [self._chance.choice(names) for names in places.values()]
        # A listed vehicle starts at the first place, whose patrol is the one that people look at.
        if not on_list:
            self._chance.shuffle(way)
        return way
