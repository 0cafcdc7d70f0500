"""The entries of the navigation."""

from typing import Final

from openanpr.access.vocabulary import Role
from openanpr.complaints.vocabulary import HANDLING
from openanpr.web.navigation import NavItem

NAVIGATION: Final = [
    NavItem(
        "Complaints",
        "complaints",
        HANDLING,
        description="Complaints from the public: acknowledge, look into, answer, learn.",
        order=60,
    ),
    NavItem(
        "Notes from complaints",
        "complaint_notes",
        frozenset({Role.LIST_MANAGER}),
        description="What complaints about false alerts say of your lists.",
        order=34,
    ),
]
