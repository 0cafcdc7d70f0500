"""Demo scenes: rendered pictures of vehicles that pass a camera, with what is true of each.

The plates are drawn in the styles kept for the demo, which no reader is trained on. The same
seed gives the same scene; pictures are uint8 [720, 1280, 3] BGR.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from openanpr.rendering.plates import render_plate
from openanpr.rendering.scenes_body import KINDS, Kind
from openanpr.rendering.scenes_camera import HEIGHT, WIDTH, CameraStyle
from openanpr.rendering.scenes_ground import PERIOD, paint_ground
from openanpr.rendering.scenes_light import LIGHTS
from openanpr.rendering.scenes_vehicle import PAINTS, Look, paint_vehicle
from openanpr.rendering.styles import demo_pair, demo_style

Floats = NDArray[np.float64]
Image = NDArray[np.uint8]

_PLATE_SCALE: Final = 0.8  # pixels a millimetre
_TWO_LINE: Final = 4  # the demo style with two lines
_NOISE: Final = {"day": 1.8, "dusk": 2.6, "night": 3.4}
_DRIVE_STEPS: Final = 8
_BACKGROUNDS_KEPT: Final = 10
_CLOSING_SPEED: Final = 24.0


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle of the demo world. `plates` chooses its plate style."""

    vrm: str
    look: Look
    plates: int = 0

    @classmethod
    def random(cls, vrm: str, rng: np.random.Generator) -> "Vehicle":
        """Return a vehicle with that mark and a shape, paint and details by chance."""
        kind: Kind = KINDS[int(rng.choice(len(KINDS), p=(0.42, 0.24, 0.20, 0.14)))]
        paint = str(rng.choice(list(PAINTS)))
        return cls(vrm, Look(kind, paint, int(rng.integers(6))), int(rng.integers(4)))


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of a vehicle in a picture: its mark, the plate's corners and its course.

    `quad` is float64 [4, 2] in pixels, top left first, clockwise; `inside` says whether the
    whole plate lies in the picture.
    """

    vrm: str
    quad: Floats
    inside: bool
    approaching: bool


@dataclass(frozen=True, slots=True)
class _Course:
    vehicle: Vehicle
    lane: int
    starts: float  # seconds after the pass begins
    speed: float  # metres a second, against the camera


class Scene:
    """One camera's place in the demo world. Pictures of the still background are kept."""

    def __init__(self, seed: int, style: CameraStyle) -> None:
        self.seed = seed
        self.style = style
        self._grounds: OrderedDict[int, Image] = OrderedDict()
        self._grain = _grain(seed, _NOISE[style.light])

    def background(self, *, drive: float = 0.0) -> Image:
        """Return the scene without vehicles; `drive` is how far a moving camera has come."""
        step = round(drive / PERIOD * _DRIVE_STEPS) % _DRIVE_STEPS if self.style.moving else 0
        ground = self._grounds.get(step)
        if ground is None:
            ground = paint_ground(self.style, seed=self.seed, drive=step * PERIOD / _DRIVE_STEPS)
            self._grounds[step] = ground
            while len(self._grounds) > _BACKGROUNDS_KEPT:
                self._grounds.popitem(last=False)
        return ground.copy()

    def passes(
        self, vehicles: Sequence[Vehicle], *, speed: float = 14.0, lane: int = 0
    ) -> "VehiclePass":
        """Return the passing of one vehicle in `lane`, or of two at once in different lanes.

        `speed` is in metres a second. Raises ValueError for none or more than two vehicles.
        """
        if not 1 <= len(vehicles) <= 2:
            raise ValueError("one or two vehicles pass at once")
        courses = [_Course(vehicles[0], lane, 0.0, self._closing(lane, speed))]
        if len(vehicles) == 2:
            other = (lane + 1) % len(self.style.lanes)
            courses.append(_Course(vehicles[1], other, 0.35, self._closing(other, speed)))
        return VehiclePass(self, tuple(courses))

    def _closing(self, lane: int, speed: float) -> float:
        if self.style.moving and self.style.lanes[lane].approaching:
            return _CLOSING_SPEED
        return speed

    def grain_over(self, picture: Image, number: int) -> None:
        """Lay the sensor's noise over a picture, in place; `number` makes it differ."""
        bright, dark = self._grain
        rng = np.random.default_rng((self.seed, number))
        x, y = (int(v) for v in rng.integers(0, _SPARE, 2))
        cv2.add(picture, bright[y : y + HEIGHT, x : x + WIDTH], dst=picture)
        cv2.subtract(picture, dark[y : y + HEIGHT, x : x + WIDTH], dst=picture)


class VehiclePass:
    """One or two vehicles on their way through a scene."""

    def __init__(self, scene: Scene, courses: tuple[_Course, ...]) -> None:
        self.scene = scene
        self._courses = courses
        style = scene.style
        self._way = style.farthest - style.nearest
        self.duration = max(c.starts + self._time_of(c) for c in courses)

    def frame(self, t: float) -> tuple[Image, tuple[Truth, ...]]:
        """Return the picture `t` seconds into the pass, and what is true of it."""
        style = self.scene.style
        picture = self.scene.background(drive=13.0 * t)
        truths: list[Truth] = []
        seen = [(self._ahead(course, t), course) for course in self._courses]
        for ahead, course in sorted(
            ((a, c) for a, c in seen if a is not None), key=lambda pair: -pair[0]
        ):
            lane = style.lanes[course.lane]
            quad = paint_vehicle(
                picture,
                view=style.view,
                lighting=LIGHTS[style.light],
                look=course.vehicle.look,
                rear=not lane.approaching,
                place=(lane.x, ahead),
                plate=plate_of(course.vehicle, rear=not lane.approaching),
                plate_scale=_PLATE_SCALE,
                braking=style.moving and t > self.duration / 2,
            )
            if quad is not None:
                truths.append(_truth(course.vehicle.vrm, quad, approaching=lane.approaching))
        self.scene.grain_over(picture, round(t * 1000))
        return picture, tuple(truths)

    def _time_of(self, course: _Course) -> float:
        following = self._follows(course)
        return 2.4 if following else self._way / course.speed

    def _follows(self, course: _Course) -> bool:
        return self.scene.style.moving and not self.scene.style.lanes[course.lane].approaching

    def _ahead(self, course: _Course, t: float) -> float | None:
        style = self.scene.style
        share = (t - course.starts) / self._time_of(course)
        if not 0 <= share <= 1:
            return None
        if self._follows(course):
            # The car with the camera closes up on the vehicle before it and drops back again.
            return style.farthest - self._way * float(np.sin(np.pi * share))
        if style.lanes[course.lane].approaching:
            return style.farthest - self._way * share
        return style.nearest + self._way * share


def _truth(vrm: str, quad: Floats, *, approaching: bool) -> Truth:
    inside = bool((quad >= 0).all() and (quad < (WIDTH, HEIGHT)).all())
    return Truth(vrm, quad, inside, approaching)


def plate_of(vehicle: Vehicle, *, rear: bool) -> Image:
    """Return a vehicle's front or rear plate, flat, uint8 [h, w, 3] BGR."""
    two_line = rear and vehicle.look.kind == "suv" and vehicle.plates == 3
    return _plate(vehicle.vrm, vehicle.plates, rear, two_line)


@lru_cache(maxsize=256)
def _plate(vrm: str, number: int, rear: bool, two_line: bool) -> Image:  # noqa: FBT001 - cached
    style = demo_style(_TWO_LINE) if two_line else demo_pair(number)[1 if rear else 0]
    rng = np.random.default_rng(number)
    return render_plate(vrm, style=replace(style, scale=_PLATE_SCALE), rng=rng).image


_SPARE: Final = 64


def _grain(seed: int, strength: float) -> tuple[Image, Image]:
    rng = np.random.default_rng(seed + 99)
    shape = (HEIGHT + _SPARE, WIDTH + _SPARE)
    grey = rng.standard_normal(shape, dtype=np.float32)
    noise = cv2.GaussianBlur(grey, (0, 0), 0.6) * np.float32(1.4 * strength)
    bright, dark = np.empty((*shape, 3), np.uint8), np.empty((*shape, 3), np.uint8)
    for channel in range(3):
        own = noise + rng.standard_normal(shape, dtype=np.float32) * (0.3 * strength)
        bright[:, :, channel] = np.clip(own, 0, 255)
        dark[:, :, channel] = np.clip(-own, 0, 255)
    return bright, dark
