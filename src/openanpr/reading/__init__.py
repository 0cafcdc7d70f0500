"""Reading number plates: detector, recogniser, decoding with syntax, tracking, vote.

Open a `Reader`, give it pictures; wrap it in a `VideoReader` for films and cameras.
"""

from openanpr.reading.manifest import Manifest, load_manifest
from openanpr.reading.pipeline import Reader
from openanpr.reading.problem import ModelProblem
from openanpr.reading.values import (
    Box,
    Candidate,
    Decoded,
    Detection,
    PlateReading,
    PlateScores,
    VehicleRead,
)
from openanpr.reading.video import Pace, VideoReader

__all__ = [
    "Box",
    "Candidate",
    "Decoded",
    "Detection",
    "Manifest",
    "ModelProblem",
    "Pace",
    "PlateReading",
    "PlateScores",
    "Reader",
    "VehicleRead",
    "VideoReader",
    "load_manifest",
]
