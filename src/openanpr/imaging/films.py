"""Films as runs of frames with their time."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2

from openanpr.imaging.decode import PictureProblem
from openanpr.imaging.frames import Picture, as_picture, colour

PICTURE_SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".jpe", ".png", ".webp", ".bmp"})
FILM_SUFFIXES: Final = frozenset(
    {".avi", ".mp4", ".m4v", ".mkv", ".mov", ".mpg", ".mpeg", ".ts", ".m2ts", ".webm", ".mjpeg"}
    | {".mjpg", ".h264", ".264", ".h265", ".265", ".wmv", ".flv", ".3gp"}
)

# The decoders otherwise write remarks of their own between the lines of whoever called. They look
# here once, before the first film of the process.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")

_USUAL_RATE: Final = 25.0
_PLAUSIBLE_RATES: Final = (0.05, 1000.0)


@dataclass(frozen=True, slots=True, eq=False)
class FilmFrame:
    """A frame of a film: its number from 0, its time in seconds from the start, its picture."""

    index: int
    seconds: float
    picture: Picture


class Film:
    """A film file. `rate` is in frames a second; `length` in frames, 0 where it isn't known."""

    def __init__(self, path: Path) -> None:
        """Open the film; raises PictureProblem for what is missing or no film."""
        try:
            if not path.stat().st_size:
                raise PictureProblem("the file is empty")
        except OSError as problem:
            raise PictureProblem((problem.strerror or "the file can't be read").lower()) from None
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
        self._capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
        if not self._capture.isOpened():
            raise PictureProblem("this is neither a picture nor a film that can be decoded")
        rate = float(self._capture.get(cv2.CAP_PROP_FPS))
        slowest, fastest = _PLAUSIBLE_RATES
        self.rate = rate if slowest <= rate <= fastest else _USUAL_RATE
        self.length = max(0, int(self._capture.get(cv2.CAP_PROP_FRAME_COUNT)))

    def frames(self) -> Iterator[FilmFrame]:
        """Each frame in turn as BGR; raises PictureProblem where not even one can be decoded."""
        index = 0
        try:
            while True:
                more, frame = self._capture.read()
                if not more:
                    break
                yield FilmFrame(index, index / self.rate, colour(as_picture(frame)))
                index += 1
        finally:
            self._capture.release()
        if not index:
            raise PictureProblem("the film has no frame that can be decoded")


def is_film(path: Path) -> bool:
    """Whether a file is a film by its name, or else by its first bytes."""
    suffix = path.suffix.lower()
    if suffix in FILM_SUFFIXES or suffix in PICTURE_SUFFIXES:
        return suffix in FILM_SUFFIXES
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError:
        return False
    return (
        (start[:4] == b"RIFF" and start[8:12] == b"AVI ")
        or start[4:8] == b"ftyp"
        or start[:4] == b"\x1aE\xdf\xa3"
        or start[:4] == b"\x00\x00\x01\xba"
    )


def use_threads(count: int) -> None:
    """Let picture operations of this process use `count` threads."""
    cv2.setNumThreads(count)
