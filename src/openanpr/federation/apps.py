"""The line between a force and the national centre."""

from django.apps import AppConfig


class FederationConfig(AppConfig):
    """Reads go up from a force's store to the centre's, with receipts."""

    name = "openanpr.federation"
    label = "federation"
