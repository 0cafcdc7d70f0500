"""How right readings are: exact, folded, junk, confusions and calibration against a known truth."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from openanpr.reading.calibration import expected_error
from openanpr.reading.characters import CharacterTable
from openanpr.reading.values import Decoded
from openanpr.vrm import canonical


def edits(one: str, other: str) -> int:
    """The least number of characters put in, left out or changed to make one into the other."""
    before = list(range(len(other) + 1))
    for row, left in enumerate(one, start=1):
        now = [row]
        for column, right in enumerate(other, start=1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (left != right)))
        before = now
    return before[-1]


def is_junk(text: str, truths: Sequence[str]) -> bool:
    """Whether a reading is no plate of the picture within half its length in edits."""
    return all(edits(text, truth) > len(text) / 2 for truth in truths)


@dataclass(slots=True)
class Accuracy:
    """Counts over pictures (or films) whose plates are known."""

    pictures: int = 0
    plates: int = 0
    exact: int = 0
    folded: int = 0
    unread: int = 0
    reads: int = 0
    junk: int = 0
    repeated: int = 0
    characters: CharacterTable = field(default_factory=CharacterTable)
    told: list[tuple[float, bool]] = field(default_factory=list)

    def add(self, truths: Sequence[str], readings: Sequence[Decoded]) -> list[str]:
        """Count a picture with these plates that was read so; the truths not read exactly."""
        self.pictures += 1
        self.plates += len(truths)
        self.reads += len(readings)
        texts = [reading.vrm for reading in readings]
        self.junk += sum(is_junk(text, truths) for text in texts)
        self.told += [(reading.confidence, reading.vrm in truths) for reading in readings]
        missed = []
        for truth in truths:
            near = [text for text in texts if not is_junk(text, [truth])]
            self.exact += truth in near
            self.folded += canonical(truth) in {canonical(text) for text in near}
            self.unread += not near
            self.repeated += max(0, len(near) - 1)
            if near:
                self.characters.add(truth, min(near, key=lambda text: edits(text, truth)))
            if truth not in near:
                missed.append(truth)
        return missed

    @property
    def confusions(self) -> Counter[tuple[str, str]]:
        """How often one character (shown) was read as another."""
        return self.characters.confusions()

    def calibration_error(self) -> float:
        """The expected calibration error of the readings' confidence over ten equal bins."""
        return expected_error(self.told)
