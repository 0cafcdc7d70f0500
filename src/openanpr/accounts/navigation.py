"""Entries of the main navigation."""

from openanpr.access.appointments import APPOINTING
from openanpr.access.vocabulary import Role
from openanpr.web.navigation import NavItem

NAVIGATION = [
    NavItem(
        "Accounts",
        "accounts_list",
        frozenset({Role.SYSTEM_MANAGER}),
        description="Who has an account, which roles they hold, and until when they are trained.",
        order=80,
    ),
    NavItem(
        "Waiting changes",
        "accounts_proposals",
        APPOINTING,
        description="What one person proposed for an account, for another to confirm.",
        order=81,
    ),
]
