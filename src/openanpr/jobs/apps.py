from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "openanpr.jobs"
    label = "jobs"
    verbose_name = "Jobs"

    def ready(self) -> None:
        """Learn from every app what it can do."""
        autodiscover_modules("jobs")
