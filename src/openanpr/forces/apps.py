"""Django's entry of the app."""

from django.apps import AppConfig


class ForcesConfig(AppConfig):
    """Forces and units."""

    name = "openanpr.forces"
    label = "forces"
