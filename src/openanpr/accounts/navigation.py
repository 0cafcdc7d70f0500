"""Entries of the main navigation."""

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
]
