"""A camera at an address, read for ever: what breaks is opened again, ever more patiently."""

import datetime
import random
import time
from collections.abc import Callable, Iterator
from threading import Event
from typing import Final
from urllib.parse import urlsplit

from openanpr.capture.frames import Frame, FrameSource, SourceProblem
from openanpr.capture.stream import SCHEMES, CameraStream
from openanpr.reading import Pace, Reader, VehicleRead, VideoReader

FRAMES_A_SECOND: Final = 12.0
DEADLINE: Final = 1.0
"""Seconds after which a vehicle's read leaves, once its mark is settled."""

FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
SOUND_AFTER: Final = 30.0
"""A connection that held so many seconds was sound: the next pause is the first again."""


def is_address(path: str) -> bool:
    """Whether a path of the command line is a camera's address."""
    return path.lower().startswith(SCHEMES)


def told_address(address: str) -> str:
    """The address as it may be shown: without the name, password and query that may be secret."""
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return address.split(":", 1)[0] + "://…"
    return f"{parts.scheme}://{parts.hostname or '…'}{port}{parts.path}"


class WatchedStream:
    """The reads of a camera, through every break of the connection, until stopped."""

    def __init__(
        self,
        source: FrameSource,
        reader: Reader,
        *,
        hint: str | None = None,
        say: Callable[[str], None],
    ) -> None:
        """Read `source` with `reader`; `say` is told when the connection breaks and is back."""
        self._source = source
        self._reader = reader
        self._hint = hint
        self._say = say

    def reads(self, stop: Event) -> Iterator[VehicleRead]:
        """One read a vehicle a pass, as it leaves; at the end those still in view."""
        # One reader through all breaks, so that a parked car is not told again after each.
        video = VideoReader(self._reader, pace=Pace(deadline=DEADLINE), hint=self._hint)
        pause, broken = FIRST_PAUSE, False
        while not stop.is_set():
            opened = time.monotonic()
            try:
                for frame in self._source.frames(stop):
                    if not isinstance(frame, Frame):
                        continue
                    if broken:
                        broken = False
                        self._say("the camera is back")
                    yield from video.push(frame.image, frame.captured_at)
                problem = "the camera sends no more frames"
            except SourceProblem as told:
                problem = str(told)
            yield from video.finish()
            if stop.is_set():
                return
            if time.monotonic() - opened >= SOUND_AFTER:
                pause = FIRST_PAUSE
            wait = pause * random.uniform(0.8, 1.2)  # noqa: S311 - only spreads the attempts
            self._say(f"{problem}; trying again in {wait:.0f} s")
            broken = True
            stop.wait(wait)
            pause = min(2 * pause, LONGEST_PAUSE)


def stream_of(address: str) -> CameraStream:
    """The camera at an address."""
    return CameraStream(address, rate=FRAMES_A_SECOND)


def moment(at: datetime.datetime) -> str:
    """A time as JSON gives it: ISO 8601 in UTC, to the millisecond."""
    return at.astimezone(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
