"""How usual a camera is at such a place: the published matrix, as data (``matrix.toml``)."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from openanpr.governance.vocabulary import Ground, RoadKind, Usual

_ORDER = list(Usual)


@cache
def matrix() -> Mapping[RoadKind, Mapping[Ground, Usual]]:
    """For each kind of road or place, how usual a camera is on each ground."""
    text = files("openanpr.governance").joinpath("matrix.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return {
        road: {
            ground: strongest(Usual(table["roads"][road][column]) for column in columns)
            for ground, columns in ((Ground(name), on) for name, on in table["grounds"].items())
        }
        for road in RoadKind
    }


def strongest(found: Iterable[Usual]) -> Usual:
    """The most usual of them: the highest ground that applies decides."""
    return min(found, key=_ORDER.index)


def strength(grounds: Iterable[Ground], road: RoadKind) -> Usual | None:
    """How usual a camera is on the grounds that are claimed; ``None`` without any."""
    claimed = [matrix()[road][ground] for ground in grounds]
    return strongest(claimed) if claimed else None
