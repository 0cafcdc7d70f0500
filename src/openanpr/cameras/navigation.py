"""The camera register in the main navigation."""

from typing import Final

from openanpr.access.vocabulary import Role
from openanpr.web.navigation import NavItem

NAVIGATION: Final = [
    NavItem(
        "Cameras",
        "cameras",
        frozenset(
            {
                Role.CAMERA_MANAGER,
                Role.AUTHORISER,
                Role.DATA_PROTECTION_OFFICER,
                Role.AUDITOR,
            }
        ),
        "Every camera, its state and when it was last heard of.",
        order=60,
    )
]
