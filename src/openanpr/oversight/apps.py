"""The auditor's room."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """What auditors look at, and the checks of the chain that they ask for."""

    name = "openanpr.oversight"
    label = "oversight"

    def ready(self) -> None:
        """Say what auditors know when a search is challenged."""
        from openanpr.oversight.challenges import released, vehicles
        from openanpr.search import challenges

        challenges.register(gather=vehicles, released=released)
