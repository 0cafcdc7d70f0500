"""The entry of the navigation."""

from typing import Final

from openanpr.assurance.vocabulary import OVERSEEING
from openanpr.web.navigation import NavItem

NAVIGATION: Final = [
    NavItem(
        "Due in the force",
        "assurance_due",
        OVERSEEING,
        "What is overdue and what falls due for anybody, and what waits for nobody.",
        order=81,
    ),
]
