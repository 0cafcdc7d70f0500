"""The entries of the navigation."""

from typing import Final

from openanpr.access.vocabulary import Role
from openanpr.web.navigation import NavItem

ACCOUNTING: Final = frozenset(
    {Role.SYSTEM_MANAGER, Role.CAMERA_MANAGER, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER}
)

NAVIGATION: Final = [
    NavItem(
        "Receipts",
        "receipts",
        ACCOUNTING,
        description="Whether every read that a camera made has come, and whether clocks are right.",
        order=55,
    ),
]
