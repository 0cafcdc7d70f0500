from django.apps import AppConfig


class ReadsConfig(AppConfig):
    name = "openanpr.reads"
    label = "reads"
    verbose_name = "Reads"

    def ready(self) -> None:
        """Answer for the pictures that accuracy checks show."""
        from openanpr.reads import checks, purposes

        purposes.register(checks.PURPOSE, checks.may_see)
