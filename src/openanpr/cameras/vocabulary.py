"""The states of a camera and the moves between them."""

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

MOVES: Final[dict[CameraState, frozenset[CameraState]]] = {
    CameraState.PROPOSED: frozenset({CameraState.APPROVED, CameraState.RETIRED}),
    CameraState.APPROVED: frozenset({CameraState.LIVE, CameraState.RETIRED}),
    CameraState.LIVE: frozenset({CameraState.SUSPENDED, CameraState.RETIRED}),
    CameraState.SUSPENDED: frozenset({CameraState.LIVE, CameraState.RETIRED}),
    CameraState.RETIRED: frozenset(),
}
"""From each state, those that it may move to."""
