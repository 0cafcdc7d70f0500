"""The reader: a picture in, the plates that stand in it out."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from openanpr.imaging import Corners, Picture, grown
from openanpr.reading.confirming import FAINT, PLATE, rescored, without_repetitions
from openanpr.reading.decoding import decode
from openanpr.reading.detector import Detector
from openanpr.reading.looks import (
    SURE,
    Look,
    corners_of,
    distinct_looks,
    joined,
    second_corners,
)
from openanpr.reading.manifest import Manifest, load_manifest
from openanpr.reading.recogniser import Recogniser
from openanpr.reading.session import OnnxNetwork
from openanpr.reading.values import Box, Decoded, Detection, PlateReading, PlateScores

LARGER_AND_SMALLER: Final = (1.6, 0.5)
SMALLER_ONLY: Final = (0.5,)
FAR: Final = 2.0
"""How much larger the second look for plates far away is."""

WIDE: Final = 560
CROP_SHARES: Final = (-0.03, 0.03)
"""How much a doubtful crop is cut or widened for its second looks."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too doubtful to be called a reading."""

    readable: float
    confidence: float = 0.25
    confidence_without_layout: float = 0.4
    shortest: int = 2


class Reader:
    """Finds and reads plates with one pair of models. Open one with `Reader.open`."""

    def __init__(
        self, *, detector: Detector, recogniser: Recogniser, version: str, limits: Limits
    ) -> None:
        """Join the parts; `version` goes with every reading."""
        self._detector = detector
        self._recogniser = recogniser
        self._limits = limits
        self.version = version

    @classmethod
    def open(
        cls,
        models: Path | None = None,
        *,
        threads: int = 1,
        scale: float = 1.0,
        manifest: Manifest | None = None,
    ) -> Self:
        """A reader with the models in `models` (those of the package if None).

        `scale` above 1 makes the detector look at a larger input, for plates far away. Raises
        ModelProblem where a model is missing, altered or of the wrong form.
        """
        known = manifest or load_manifest(models)
        detector = OnnxNetwork(known.detector, input_name="image", threads=threads)
        recogniser = OnnxNetwork(known.recogniser, input_name="plates", threads=threads)
        return cls(
            detector=Detector(detector, known.detector, scale=scale),
            recogniser=Recogniser(recogniser, known.recogniser),
            version=known.version,
            limits=Limits(readable=known.recogniser.readable_threshold),
        )

    def detect(
        self, frame: Picture, *, scale: float | None = None, threshold: float | None = None
    ) -> list[Detection]:
        """What one look finds in a frame, read or not, the surest first."""
        return self._detector.detect(frame, scale=scale, threshold=threshold)

    def find(
        self, frame: Picture, *, scale: float = 1.0, threshold: float | None = None
    ) -> list[Detection]:
        """The plates that stand in a frame, near and far, the surest first.

        Looks at `scale` and at twice that, and drops what the recogniser does not take for a
        plate; the score is that of both networks together, and `threshold` its least value.
        """
        found = without_repetitions(
            detection
            for size in (scale, FAR * scale)
            for detection in self.detect(frame, scale=size, threshold=FAINT)
        )
        told = self._recognise(frame, [detection.corners for detection in found])
        sure = (
            rescored(detection, scores.readable)
            for detection, scores in zip(found, told, strict=True)
        )
        least = PLATE if threshold is None else threshold
        return sorted(
            (detection for detection in sure if detection.score >= least),
            key=lambda detection: -detection.score,
        )

    def looks(
        self,
        frame: Picture,
        *,
        day: datetime.date | None = None,
        hint: str | None = None,
        scale: float | None = None,
        careful: bool = True,
    ) -> list[Look]:
        """A look at each plate of a frame, whatever comes of it.

        `careful` looks anew at doubtful ones. `scale` is the detector's; `day` and `hint` are
        those of `decoding.decode`.
        """
        detections = self.detect(frame, scale=scale)
        first = self._recognise(frame, [found.corners for found in detections])
        looks = [
            Look(detection, scores, decode(scores, day=day, hint=hint))
            for detection, scores in zip(detections, first, strict=True)
        ]
        doubtful = [n for n, look in enumerate(looks) if careful and self._in_doubt(look)]
        places = [second_corners(looks[number].detection) for number in doubtful]
        again = iter(self._recognise(frame, [corners for place in places for corners in place]))
        for number, place in zip(doubtful, places, strict=True):
            all_looks = [looks[number].scores, *(next(again) for _ in place)]
            scores, text = joined(all_looks, day=day, hint=hint)
            looks[number] = Look(looks[number].detection, scores, text)
        return distinct_looks(looks)

    def read_image(
        self,
        frame: Picture,
        *,
        day: datetime.date | None = None,
        hint: str | None = None,
        thorough: bool = True,
    ) -> list[PlateReading]:
        """The readings of a picture (BGR or grey) from left to right; none where no plate stands.

        `day` and `hint` are those of `decoding.decode`. `thorough` looks again, for plates that
        fill the picture and for small ones, where nothing sure was read.
        """
        looks = self.looks(frame, day=day, hint=hint)
        if thorough and not any(look.worth >= SURE for look in looks):
            for scale in self.other_scales(frame):
                looks = distinct_looks(
                    [*looks, *self.looks(frame, day=day, hint=hint, scale=scale)]
                )
        readings = [
            PlateReading(look.text, look.detection, look.scores, self.version)
            for look in looks
            if look.text is not None and self.is_reading(look.text, look.scores)
        ]
        return sorted(readings, key=lambda reading: reading.box.x)

    def other_scales(self, frame: Picture) -> tuple[float, ...]:
        """The scales at which a second search of this frame may find what the first did not."""
        return LARGER_AND_SMALLER if max(frame.shape[:2]) > WIDE else SMALLER_ONLY

    def read_crop(
        self, crop: Picture, *, day: datetime.date | None = None, hint: str | None = None
    ) -> PlateReading | None:
        """The reading of a picture that is one plate and nothing else, or None."""
        height, width = crop.shape[:2]
        box = Box(0, 0, width, height)
        detection = Detection(box, corners_of(box), 1.0)
        (scores,) = self._recogniser.recognise([self._recogniser.stretch(crop)])
        text = decode(scores, day=day, hint=hint)
        if self._in_doubt(Look(detection, scores, text)):
            places = [grown(detection.corners, share=share) for share in CROP_SHARES]
            again = self._recogniser.recognise(
                [self._recogniser.fit(crop, place) for place in places]
            )
            scores, text = joined([scores, *again], day=day, hint=hint)
        if text is None or not self.is_reading(text, scores):
            return None
        return PlateReading(text, detection, scores, self.version)

    def is_reading(self, text: Decoded, scores: PlateScores) -> bool:
        """Whether a text is sure enough to be told, or junk: no plate, or none that can be read."""
        limits = self._limits
        least = limits.confidence if text.fits_a_layout else limits.confidence_without_layout
        return (
            scores.readable >= limits.readable
            and text.confidence >= least
            and len(text.vrm) >= limits.shortest
        )

    def _in_doubt(self, look: Look) -> bool:
        return look.text is not None and look.text.confidence < SURE

    def _recognise(self, frame: Picture, places: Sequence[Corners]) -> list[PlateScores]:
        return self._recogniser.recognise(
            [self._recogniser.straighten(frame, corners) for corners in places]
        )
