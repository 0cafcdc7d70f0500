"""Entries of the main navigation."""

from openanpr.access.vocabulary import Role
from openanpr.web.navigation import NavItem

NAVIGATION = [
    NavItem(
        "Rules",
        "policy_rules",
        frozenset({Role.SYSTEM_MANAGER, Role.DATA_PROTECTION_OFFICER, Role.AUDITOR}),
        description="The force's profile: what is in force, what was, and changing it.",
        order=85,
    ),
]
