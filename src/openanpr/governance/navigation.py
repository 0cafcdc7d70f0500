"""Camera cases in the main navigation."""

from typing import Final

from openanpr.access.vocabulary import Role
from openanpr.web.navigation import NavItem

READING: Final = frozenset(
    {Role.CAMERA_MANAGER, Role.AUTHORISER, Role.DATA_PROTECTION_OFFICER, Role.AUDITOR}
)

NAVIGATION: Final = [
    NavItem(
        "Camera cases",
        "camera_cases",
        READING,
        "Why each camera is needed, what it costs people, who was asked and who decided.",
        order=61,
    )
]
