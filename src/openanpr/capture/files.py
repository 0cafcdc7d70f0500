"""Frames from files: a folder of pictures, one picture, or a film."""

import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

from openanpr.capture.frames import (
    PAUSE,
    Frame,
    Pacer,
    Pause,
    SourceProblem,
    utc_now,
)
from openanpr.imaging import PICTURE_SUFFIXES, Film, PictureProblem, load

_log = logging.getLogger(__name__)


class PictureFolder:
    """The pictures of a folder and those below it, by name; or one picture alone.

    Independent pictures are read each for itself; a sequence is followed as a film would be. A
    picture that cannot be decoded is named in the log and passed over.
    """

    def __init__(self, path: Path, *, rate: float, sequence: bool, repeat: bool) -> None:
        """Yield `rate` pictures a second, over and over if `repeat`."""
        self._path = path
        self._rate = rate
        self._sequence = sequence
        self.endless = repeat
        self.unusable = 0

    def frames(self, stop: Event) -> Iterator[Frame | Pause]:
        """Yield each picture once; raises SourceProblem for a folder that holds none."""
        paths = self._pictures()
        pacer = Pacer(self._rate, stop)
        for index, path in enumerate(paths):
            try:
                picture = load(path)
            except PictureProblem as problem:
                self.unusable += 1
                _log.warning("%s passed over: %s", path.name, problem)
                continue
            yield Frame(
                picture, utc_now(), time.monotonic(), index,
                alone=not self._sequence, name=path.name,
            )  # fmt: skip
            if not pacer.wait():
                return
        yield PAUSE

    def _pictures(self) -> list[Path]:
        if self._path.is_file():
            return [self._path]
        found = sorted(
            path
            for path in self._path.rglob("*")
            if path.suffix.lower() in PICTURE_SUFFIXES and not path.name.startswith(".")
        )
        if not found:
            raise SourceProblem(f"the folder {self._path.name} holds no pictures")
        return found


class FilmFile:
    """A film, played at its own speed as if the camera saw it now."""

    def __init__(self, path: Path, *, repeat: bool) -> None:
        """Play the film, over and over if `repeat`."""
        self._path = path
        self.endless = repeat

    def frames(self, stop: Event) -> Iterator[Frame | Pause]:
        """Yield the film's frames; raises SourceProblem where it cannot be decoded."""
        try:
            film = Film(self._path)
            began, started = time.monotonic(), utc_now()
            for frame in film.frames():
                wait = began + frame.seconds - time.monotonic()
                if stop.wait(max(0.0, wait)):
                    return
                at = started + timedelta(seconds=frame.seconds)
                yield Frame(frame.picture, at, began + frame.seconds, frame.index)
        except PictureProblem as problem:
            raise SourceProblem(f"{self._path.name}: {problem}") from None
        yield PAUSE
