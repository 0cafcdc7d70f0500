"""The entries of the navigation."""

from typing import Final

from openanpr.holds.queries import OVERSEEING
from openanpr.investigations.vocabulary import INVESTIGATING
from openanpr.web.navigation import NavItem

NAVIGATION: Final = [
    NavItem(
        "Holds",
        "holds",
        INVESTIGATING | OVERSEEING,
        description="Reads kept past retention for an investigation, and their reviews.",
        order=35,
    ),
]
