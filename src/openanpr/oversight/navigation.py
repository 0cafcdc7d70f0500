"""The entries of the navigation."""

from typing import Final

from openanpr.oversight.services import AUDITING
from openanpr.web.navigation import NavItem

NAVIGATION: Final = [
    NavItem(
        "Audit",
        "audit",
        AUDITING,
        description="Who looked for what, when and why; and whether the record is whole.",
        order=60,
    ),
]
