"""The words of sensitive places, and who looks after them."""

from typing import Final

from openanpr.access.vocabulary import PlaceKind, Role

KEEPING: Final = frozenset({Role.CAMERA_MANAGER, Role.DATA_PROTECTION_OFFICER})
KIND_NAMES: Final[dict[PlaceKind, str]] = {
    PlaceKind.CLINIC: "Clinic or other place of care",
    PlaceKind.WORSHIP: "Place of worship",
    PlaceKind.COURT: "Court",
    PlaceKind.SCHOOL: "School",
    PlaceKind.PROTEST: "Protest or other assembly",
}
