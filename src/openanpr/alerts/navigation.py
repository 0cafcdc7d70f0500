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
    ),
    NavItem(
        "Alert figures",
        "alert_figures",
        frozenset({Role.LIST_MANAGER}),
        "What came of the hits of your lists, and which entries to look at.",
        order=32,
    ),
    NavItem(
        "Alert channels",
        "alert_channels",
        frozenset({Role.SYSTEM_MANAGER}),
        "Webhooks and e-mail that tell of alerts, and messages that could not be sent.",
        order=72,
    ),
]
