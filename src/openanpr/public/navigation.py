"""The entries of the navigation."""

from typing import Final

from openanpr.public.urls_desk import EDITING
from openanpr.web.navigation import NavItem

NAVIGATION: Final = [
    NavItem(
        "Public pages",
        "public_desk",
        EDITING,
        description="The text that everybody reads: change it, preview it, publish it.",
        order=80,
    ),
]
