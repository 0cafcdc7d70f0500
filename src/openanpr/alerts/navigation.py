"""Alerts in the main navigation."""

from typing import Final

from openanpr.access.vocabulary import Role
from openanpr.web.navigation import NavItem

NAVIGATION: Final = [
    NavItem(
        "Alerts",
        "alerts",
        frozenset({Role.ALERT_USER}),
        "Vehicles of interest that passed a camera in your area, as they pass.",
        order=10,
    )
]
