"""Reading plates: each quadrilateral straightened, all of a frame in one batch."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from openanpr.imaging import Corners, Picture, grey, grown, rectify, resize
from openanpr.reading.manifest import RecogniserSpec
from openanpr.reading.session import Floats, Network
from openanpr.reading.values import PlateScores

MARGIN: Final = 0.06
_OUTPUTS: Final = ("characters", "lines", "country", "readable")


class Recogniser:
    """Says which characters a plate shows, as probabilities."""

    def __init__(self, network: Network, spec: RecogniserSpec) -> None:
        """Run `network`, whose files and shapes `spec` tells."""
        self._network = network
        self._spec = spec

    def straighten(self, frame: Picture, corners: Corners) -> Picture:
        """The plate between four corners as the network wants it, with its margin."""
        return self.fit(frame, grown(corners, share=MARGIN))

    def fit(self, frame: Picture, corners: Corners) -> Picture:
        """Exactly what lies between four corners as the network wants it."""
        return grey(rectify(frame, corners, width=self._spec.width, height=self._spec.height))

    def stretch(self, crop: Picture) -> Picture:
        """A whole picture of a plate as the network wants it."""
        return resize(grey(crop), width=self._spec.width, height=self._spec.height)

    def recognise(self, plates: Sequence[Picture]) -> list[PlateScores]:
        """The scores of each plate made by `straighten` or `stretch`."""
        if not plates:
            return []
        outputs = self._network.run(np.stack(plates)[:, None], _OUTPUTS)
        characters, lines, country, readable = outputs
        told = log_softmax(characters / self._spec.temperature)
        homes = np.exp(log_softmax(country))
        two_lines = np.exp(log_softmax(lines))[:, 1]
        return [
            PlateScores(
                characters=told[i],
                countries=dict(zip(self._spec.countries, homes[i].tolist(), strict=True)),
                readable=float(1.0 / (1.0 + np.exp(-readable[i, 0]))),
                two_lines=float(two_lines[i]),
            )
            for i in range(len(plates))
        ]


def log_softmax(logits: Floats) -> Floats:
    """Log-probabilities over the last axis."""
    lowered = logits - logits.max(axis=-1, keepdims=True)
    total = np.log(np.exp(lowered).sum(axis=-1, keepdims=True))
    return np.asarray(lowered - total, dtype=np.float32)
