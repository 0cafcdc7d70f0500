"""Entries of the main navigation."""

from openanpr.access.vocabulary import Role
from openanpr.web.navigation import NavItem

NAVIGATION = [
    NavItem(
        "Signed roots",
        "audit_roots",
        frozenset({Role.AUDITOR, Role.DATA_PROTECTION_OFFICER}),
        description="Where the audit stood each hour, signed: print it and keep it elsewhere.",
        order=65,
    ),
]
