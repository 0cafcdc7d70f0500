"""The audit app: loads every app's verbs at start, so that an unknown one is always an error."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    """Registers the verbs of all installed apps (their ``events`` modules)."""

    name = "openanpr.audit"
    label = "audit"

    def ready(self) -> None:
        """Import ``events`` of each installed app."""
        autodiscover_modules("events")
