"""What a camera, a film or a folder yields: frames with their times, and pauses between them."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event
from typing import Protocol

from openanpr.imaging import Picture


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture and when it was taken.

    `image` is uint8 [h, w, 3] BGR; `captured_at` is aware UTC; `monotonic` counts seconds and never
    jumps; `index` counts frames from 0. `alone` is True for a picture that has nothing to do with
    the one before it. `name` tells where a picture came from, for messages.
    """

    image: Picture
    captured_at: datetime
    monotonic: float
    index: int
    alone: bool = False
    name: str = ""


class Pause:
    """Nothing moves for a while: what was followed until now has passed."""


PAUSE = Pause()


class SourceProblem(Exception):
    """A source that cannot be opened or has broken off. The message says why in plain words."""


class FrameSource(Protocol):
    """Yields frames until it ends or `stop` is set. `endless` sources are opened again."""

    endless: bool

    def frames(self, stop: Event) -> Iterator[Frame | Pause]:
        """Yield frames; raises SourceProblem."""
        ...


def utc_now() -> datetime:
    """The wall clock: the one place where the agent asks for the time of day."""
    return datetime.now(UTC)


class Pacer:
    """Keeps a run of frames to its rate, without making up for time that was lost."""

    def __init__(self, rate: float, stop: Event) -> None:
        """Pace `rate` frames a second; waiting ends early when `stop` is set."""
        self._step = 1 / rate
        self._stop = stop
        self._next = time.monotonic()

    def wait(self) -> bool:
        """Wait for the next frame's moment; False once the agent is to stop."""
        now = time.monotonic()
        self._next = max(self._next + self._step, now - self._step)
        return not self._stop.wait(max(0.0, self._next - now))
