"""A read as a search finds it."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

NAMES: Final = (
    "id",
    "vrm",
    "raw_vrm",
    "captured_at",
    "camera_id",
    "confidence",
    "alternatives",
    "country",
    "direction",
    "late",
    "latitude",
    "longitude",
    "patch_hash",
    "overview_hash",
    "model_version",
    "clock_offset_ms",
)
COLUMNS: Final = ", ".join(f"r.{name}" for name in NAMES)
"""What a statement selects from ``reads r`` for `found`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRead:
    """One read as the store gives it. Hashes are SHA-256 in hexadecimal.

    ``clock_offset_ms`` is how far the reader's clock was off, where that was measured.
    """

    id: uuid.UUID
    vrm: str
    raw_vrm: str
    captured_at: datetime
    camera_id: int
    confidence: float
    alternatives: tuple[tuple[str, float], ...]
    country: str
    direction: str
    late: bool
    latitude: float | None
    longitude: float | None
    patch_hash: str | None
    overview_hash: str | None
    model_version: str
    clock_offset_ms: float | None = None


def found(row: tuple[Any, ...]) -> FoundRead:
    """The read of a row of ``COLUMNS``."""
    values = dict(zip(NAMES, row, strict=True))
    for name in ("patch_hash", "overview_hash"):
        values[name] = None if values[name] is None else bytes(values[name]).hex()
    for name in ("country", "direction", "model_version"):
        values[name] = values[name] or ""
    values["raw_vrm"] = values["raw_vrm"] or values["vrm"]
    values["alternatives"] = _alternatives(values["alternatives"])
    return FoundRead(**values)


def _alternatives(stored: Any) -> tuple[tuple[str, float], ...]:
    listed = json.loads(stored) if isinstance(stored, str) else stored
    return tuple((one["vrm"], float(one["confidence"])) for one in listed or ())
