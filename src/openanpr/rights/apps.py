"""Information requests and what comes of them."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    """The rights officers' desk, its search by its own door, and the replies."""

    name = "openanpr.rights"
    label = "rights"

    def ready(self) -> None:
        """Answer for the pictures that a request's search shows."""
        from openanpr.reads import purposes
        from openanpr.rights import pictures

        purposes.register(pictures.PURPOSE, pictures.may_see)
