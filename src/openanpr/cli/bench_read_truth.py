"""The `truth.csv` of a folder of pictures or films whose plates are known."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from openanpr.vrm import InvalidVrm, normalise

TRUTH: Final = "truth.csv"


class TruthProblem(ValueError):
    """A folder without a `truth.csv`, or with one that is not of the known form."""


@dataclass(slots=True)
class Truth:
    """A picture or film of the folder and the plates in it; `cut_out` is the plate's size."""

    name: str
    film: bool
    plates: list[str] = field(default_factory=list)
    cut_out: tuple[int, int] | None = None


def truths_of(folder: Path) -> list[Truth]:
    """What the folder's `truth.csv` says, in its order; raises TruthProblem.

    It holds `image,plate,x,y,w,h`, one line a plate (a box that is the whole picture marks a
    plate already cut out), or `clip,plates`, one line a film. Spaces and dashes in a plate and the
    case of its letters are no matter.
    """
    path = folder / TRUTH
    found: dict[str, Truth] = {}
    line = 1
    try:
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                line += 1
                _add_row(row, found)
    except FileNotFoundError:
        raise TruthProblem(f"there is no {TRUTH} in it") from None
    except InvalidVrm as problem:
        raise TruthProblem(f"{path}, line {line}: {problem}") from None
    except (OSError, KeyError, ValueError, TypeError, AttributeError, csv.Error) as problem:
        raise TruthProblem(f"{path} is wrong: {problem!r}") from None
    return list(found.values())


def _add_row(row: Mapping[str, str], found: dict[str, Truth]) -> None:
    if "clip" in row:
        found[row["clip"]] = Truth(row["clip"], film=True, plates=_marks(row["plates"]))
        return
    truth = found.setdefault(row["image"], Truth(row["image"], film=False))
    if row["plate"]:
        truth.plates.append(normalise(row["plate"]))
    if row.get("x") == "0" and row.get("y") == "0":
        truth.cut_out = (int(row["w"]), int(row["h"]))


def _marks(text: str) -> list[str]:
    return [normalise(mark) for mark in text.split()]
