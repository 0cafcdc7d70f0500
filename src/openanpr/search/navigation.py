"""The entries of the navigation."""

from typing import Final

from openanpr.investigations.vocabulary import INVESTIGATING
from openanpr.web.navigation import NavItem

NAVIGATION: Final = [
    NavItem(
        "Search",
        "search",
        INVESTIGATING,
        description="Find where a mark was read, for one of your investigations.",
        order=30,
    ),
]
