"""The auditor's room."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """What auditors look at, and the checks of the chain that they ask for."""

    name = "openanpr.oversight"
    label = "oversight"
