"""The search app: decide, record, look, record what was shown."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Searches of the store of reads."""

    name = "openanpr.search"
    label = "search"

    def ready(self) -> None:
        """Answer for the pictures that searches show, and count searches for investigations."""
        from openanpr.investigations import found
        from openanpr.reads import purposes
        from openanpr.search import counting, pictures

        purposes.register(pictures.PURPOSE, pictures.may_see)
        found.register(counting.counts)
