"""A camera of the demo world: draws frames while a vehicle passes and rests between."""

import threading
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from threading import Event
from typing import Final

from openanpr.capture.demo_world import Passing, Traffic
from openanpr.capture.frames import PAUSE, Frame, Pacer, Pause, utc_now
from openanpr.rendering.scenes import Scene
from openanpr.rendering.scenes_camera import camera_style

_SCENE_SEED: Final = 4
_traffic: dict[tuple[str, ...], tuple[Traffic, float]] = {}
_traffic_lock = threading.Lock()


def _shared_traffic(cameras: tuple[str, ...]) -> tuple[Traffic, float]:
    """The traffic before all demo cameras of this process, and when it began."""
    with _traffic_lock:
        if cameras not in _traffic:
            _traffic[cameras] = (Traffic(cameras, seed=int(time.time())), time.monotonic())
        return _traffic[cameras]


class DemoCamera:
    """Yields rendered frames of the traffic, in real time."""

    endless = True

    def __init__(self, name: str, *, together: Sequence[str] = (), rate: float = 10.0) -> None:
        """Stand at the scene `name`; `together` names the scenes that share the traffic.

        Raises ValueError for a scene that does not exist.
        """
        self._name = name
        self._rate = rate
        self._scene = Scene(_SCENE_SEED, camera_style(name))
        self._traffic, self._began = _shared_traffic(tuple(together) or (name,))
        self._index = 0

    def frames(self, stop: Event) -> Iterator[Frame | Pause]:
        """Yield the frames of one passing after the other until `stop` is set."""
        self._scene.background()  # drawn before the first vehicle comes, as it takes a while
        while not stop.is_set():
            passing = self._traffic.next_passing(self._name)
            if stop.wait(max(0.0, self._began + passing.at_s - time.monotonic())):
                return
            yield from self._pass_by(passing, stop)
            if not stop.is_set():
                yield PAUSE

    def _pass_by(self, passing: Passing, stop: Event) -> Iterator[Frame | Pause]:
        """The frames of one passing. On a slow machine it lasts longer; no frame is left out."""
        shown = self._scene.passes(passing.vehicles, speed=passing.speed)
        pacer = Pacer(self._rate, stop)
        began, moment = utc_now(), time.monotonic()
        for number in range(int(shown.duration * self._rate) + 1):
            t = number / self._rate
            image, _ = shown.frame(t)
            yield Frame(image, began + timedelta(seconds=t), moment + t, self._index)
            self._index += 1
            if not pacer.wait():
                return
