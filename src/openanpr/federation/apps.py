"""The line between a force and the national centre."""

from django.apps import AppConfig


class FederationConfig(AppConfig):
    """Reads go up from a force's store to the centre's, with receipts."""

    name = "openanpr.federation"
    label = "federation"

    def ready(self) -> None:
        """Say whose reads a search at the centre shows."""
        from openanpr.federation.owning import owners_of
        from openanpr.search import owners

        owners.register(owners_of)
