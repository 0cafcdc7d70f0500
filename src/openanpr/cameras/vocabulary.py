"""The states of a camera; the moves between them stand in ``flow``."""

from enum import StrEnum
from typing import Final


class CameraState(StrEnum):
    """Where a camera stands between its proposal and its end. Only a live one's reads are kept."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    LIVE = "live"
    SUSPENDED = "suspended"
    RETIRED = "retired"


STATE_NAMES: Final[dict[CameraState, str]] = {
    CameraState.PROPOSED: "Proposed",
    CameraState.APPROVED: "Approved",
    CameraState.LIVE: "Live",
    CameraState.SUSPENDED: "Suspended",
    CameraState.RETIRED: "Retired",
}
