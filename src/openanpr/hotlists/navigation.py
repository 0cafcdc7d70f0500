"""Lists in the main navigation."""

from typing import Final

from openanpr.access.vocabulary import Role
from openanpr.web.navigation import NavItem

NAVIGATION: Final = [
    NavItem(
        "Lists",
        "hotlists",
        frozenset({Role.LIST_MANAGER}),
        "Vehicles of interest: who is looked for, why, and until when.",
        order=30,
    )
]
