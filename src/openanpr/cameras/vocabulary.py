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


class Carrier(StrEnum):
    """What carries a camera. A portable one stands at its site for as long as its case says."""

    FIXED = "fixed"
    PORTABLE = "portable"
    IN_VEHICLE = "in-vehicle"


CARRIER_NAMES: Final[dict[Carrier, str]] = {
    Carrier.FIXED: "Fixed",
    Carrier.PORTABLE: "Portable",
    Carrier.IN_VEHICLE: "In a vehicle",
}

STATE_NAMES: Final[dict[CameraState, str]] = {
    CameraState.PROPOSED: "Proposed",
    CameraState.APPROVED: "Approved",
    CameraState.LIVE: "Live",
    CameraState.SUSPENDED: "Suspended",
    CameraState.RETIRED: "Retired",
}
