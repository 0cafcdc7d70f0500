"""The entries of the navigation."""

from typing import Final

from openanpr.access.vocabulary import Role
from openanpr.oversight.vocabulary import AUDITING
from openanpr.web.navigation import NavItem

NAVIGATION: Final = [
    NavItem(
        "Audit",
        "audit",
        AUDITING,
        description="Who looked for what, when and why; and whether the record is whole.",
        order=60,
    ),
    NavItem(
        "Oversight",
        "oversight_room",
        AUDITING,
        description="Samples, questions and findings; what of a month was looked at.",
        order=61,
    ),
    NavItem(
        "Held searches",
        "held_searches",
        frozenset({Role.AUTHORISER}),
        description="Searches that a second person releases before they are answered.",
        order=42,
    ),
    NavItem(
        "Asked of you",
        "asked",
        frozenset({Role.SEARCHER, Role.ANALYST, Role.LIST_MANAGER, Role.AUTHORISER}),
        description="Questions from the auditor, and findings that you see to.",
        order=70,
    ),
]
