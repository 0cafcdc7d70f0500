"""The model that is installed now, for pictures of plates that an earlier one has read."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from openanpr.imaging import PictureProblem, decode
from openanpr.reading import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLook:
    """What the model reads, and its own estimate (0 to 1) that it is right."""

    vrm: str
    confidence: float


class SecondReader(Protocol):
    """Reads the picture of one plate; ``version`` goes with what it says."""

    @property
    def version(self) -> str: ...

    def read(self, patch: bytes) -> SecondLook | None:
        """The mark on the plate; None where none can be read, or the picture is none."""
        ...


class InstalledReader:
    """The models of this version of the program."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    @property
    def version(self) -> str:
        """The version in the models' manifest."""
        return self._reader.version

    def read(self, patch: bytes) -> SecondLook | None:
        """The surest reading: of a plate found in the picture, or of the picture as a plate."""
        try:
            picture = decode(patch)
        except PictureProblem:
            return None
        found = [*self._reader.read_image(picture), self._reader.read_crop(picture)]
        best = max((one for one in found if one is not None), key=_sure, default=None)
        if best is None:
            return None
        return SecondLook(vrm=best.vrm, confidence=float(best.confidence))


def _sure(reading: object) -> float:
    return float(getattr(reading, "confidence", 0.0))


@lru_cache(maxsize=1)
def installed_reader() -> SecondReader:
    """Opened at its first use. Raises ``openanpr.reading.ModelProblem``."""
    return InstalledReader(Reader.open())
