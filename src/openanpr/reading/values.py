"""What the reader sees and says: detections, scores of characters, readings, reads of vehicles."""

import datetime
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from openanpr.imaging import Corners, Picture

Scores = npt.NDArray[np.float32]
Direction = Literal["towards", "away"]


@dataclass(frozen=True, slots=True)
class Box:
    """An upright box in whole pixels of the picture."""

    x: int
    y: int
    width: int
    height: int

    def as_list(self) -> list[int]:
        """The box as [x, y, w, h]."""
        return [self.x, self.y, self.width, self.height]

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the box."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True, eq=False)
class Detection:
    """A plate found in a picture: its box, its own four corners, the detector's score 0..1."""

    box: Box
    corners: Corners
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class PlateScores:
    """What the recogniser says of one plate.

    `characters` are log-probabilities [slots, 37] (class 0: empty), calibrated; `countries` the
    probability of each country of the manifest; `readable` that this is a plate that can be
    read; `two_lines` that its text stands in two lines.
    """

    characters: Scores
    countries: dict[str, float]
    readable: float
    two_lines: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mark that the plate may show, and the probability that it does."""

    vrm: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a plate: best and raw reading, alternatives by falling probability.

    `candidates` starts with the best one. `fits_a_layout` is False where no known layout of any
    country has this form, which is a reason for doubt and never one to drop a mark.
    """

    vrm: str
    raw: str
    confidence: float
    candidates: tuple[Candidate, ...]
    country: str | None
    country_confidence: float
    fits_a_layout: bool


@dataclass(frozen=True, slots=True, eq=False)
class PlateReading:
    """One plate read in one picture."""

    text: Decoded
    detection: Detection
    scores: PlateScores
    model: str

    @property
    def vrm(self) -> str:
        """The best reading of the mark."""
        return self.text.vrm

    @property
    def confidence(self) -> float:
        """The probability that `vrm` is the whole mark."""
        return self.text.confidence

    @property
    def box(self) -> Box:
        """Where the plate stands in the picture."""
        return self.detection.box


@dataclass(frozen=True, slots=True, eq=False)
class VehicleRead:
    """One vehicle read on one pass before a camera.

    `patch` and `overview` are the best crop of the plate and the frame it came from (BGR); `box`
    lies in that frame. Frames are counted from 0. `readings` is how many frames had a say.
    """

    text: Decoded
    model: str
    first_frame: int
    last_frame: int
    best_frame: int
    first_at: datetime.datetime
    last_at: datetime.datetime
    best_at: datetime.datetime
    box: Box
    patch: Picture
    overview: Picture
    direction: Direction | None
    readings: int

    @property
    def vrm(self) -> str:
        """The best reading of the mark over all frames."""
        return self.text.vrm

    @property
    def confidence(self) -> float:
        """The probability that `vrm` is the whole mark."""
        return self.text.confidence
