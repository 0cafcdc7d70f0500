"""What the paths on the command line of the reading commands stand for."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from openanpr.imaging import FILM_SUFFIXES, PICTURE_SUFFIXES, is_film

Kind = Literal["picture", "film"]


@dataclass(frozen=True, slots=True)
class Source:
    """A picture or a film; `name` is its path as it was given."""

    name: str
    kind: Kind

    @property
    def path(self) -> Path:
        """Where it lies."""
        return Path(self.name)


def sources_of(paths: Sequence[str]) -> list[Source]:
    """The pictures and films that the paths name, in order.

    A folder stands for the pictures and films in it and below it, by name; other files in it are
    passed over. A path that is no folder is always taken, so that what is wrong with it is told.
    """
    return [source for path in paths for source in _sources_at(path)]


def _sources_at(path: str) -> Iterator[Source]:
    if not Path(path).is_dir():
        yield Source(path, "film" if is_film(Path(path)) else "picture")
        return
    for folder, below, files in os.walk(path):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(files):
            suffix = Path(name).suffix.lower()
            # Some systems leave a hidden companion with the same ending beside each picture.
            if name.startswith("."):
                continue
            if suffix in PICTURE_SUFFIXES:
                yield Source(os.path.join(folder, name), "picture")  # noqa: PTH118 - "./" stays
            elif suffix in FILM_SUFFIXES:
                yield Source(os.path.join(folder, name), "film")  # noqa: PTH118
