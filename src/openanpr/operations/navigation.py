"""The entries of the navigation."""

from typing import Final

from openanpr.access.vocabulary import Role
from openanpr.web.navigation import NavItem

OPERATING: Final = frozenset({Role.SYSTEM_MANAGER})

NAVIGATION: Final = [
    NavItem(
        "Health",
        "health",
        OPERATING,
        description="Whether everything runs, what is wrong, and what to do about it.",
        order=54,
    ),
]
