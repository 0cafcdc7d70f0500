"""Lists in the main navigation."""

from typing import Final

from openanpr.access.vocabulary import Role
from openanpr.hotlists.tripwires.vocabulary import STANDARDS
from openanpr.web.navigation import NavItem

NAVIGATION: Final = [
    NavItem(
        "Lists",
        "hotlists",
        frozenset({Role.LIST_MANAGER}),
        "Vehicles of interest: who is looked for, why, and until when.",
        order=30,
    ),
    NavItem(
        "Protected marks",
        "tripwires",
        STANDARDS,
        "Marks that trip when somebody asks for them, and who did.",
        order=62,
    ),
]
