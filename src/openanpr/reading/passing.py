"""What is remembered of a vehicle while it passes, and shortly after."""

import datetime
import math
from dataclasses import dataclass, field

from openanpr.imaging import Picture
from openanpr.reading.tracker import Motion
from openanpr.reading.values import Box, Decoded, Direction, PlateScores
from openanpr.reading.vote import Vote


@dataclass(slots=True)
class Best:
    """The best look at a plate so far, with the pictures to keep."""

    weight: float
    frame: int
    at: datetime.datetime
    box: Box
    patch: Picture
    overview: Picture


@dataclass(slots=True)
class Growth:
    """The trend of a plate's height: the sums of a straight line through its logarithm."""

    count: int = 0
    time: float = 0.0
    height: float = 0.0
    time_squared: float = 0.0
    product: float = 0.0
    first: float = 0.0
    last: float = 0.0

    def add(self, seconds: float, height: int) -> None:
        """Count a height in pixels."""
        if not self.count:
            self.first = seconds
        moment, size = seconds - self.first, math.log(max(1, height))
        self.count += 1
        self.last = moment
        self.time += moment
        self.height += size
        self.time_squared += moment * moment
        self.product += moment * size

    def direction(self) -> Direction | None:
        """Towards the camera if the plate grew, away if it shrank, None if it did neither."""
        spread = self.count * self.time_squared - self.time**2
        if self.count < 3 or spread <= 0:
            return None
        slope = (self.count * self.product - self.time * self.height) / spread
        change = slope * self.last
        if abs(change) < math.log(1.12):
            return None
        return "towards" if change > 0 else "away"


@dataclass(slots=True)
class Track:
    """One plate followed from frame to frame, and what its looks said together."""

    motion: Motion
    first_frame: int
    first_at: datetime.datetime
    last_frame: int
    last_at: datetime.datetime
    vote: Vote = field(default_factory=Vote)
    growth: Growth = field(default_factory=Growth)
    best: Best | None = None
    text: Decoded | None = None
    scores: PlateScores | None = None
    told: bool = False

    @property
    def reading(self) -> str | None:
        """The mark as it stands now."""
        return self.text.vrm if self.text else None


@dataclass(slots=True)
class Told:
    """A read that has left, remembered so that the same vehicle does not leave again."""

    text: str
    confidence: float
    motion: Motion
