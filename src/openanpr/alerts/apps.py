from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "openanpr.alerts"
    label = "alerts"
    verbose_name = "Alerts"

    def ready(self) -> None:
        """Answer for the pictures that alerts show."""
        from openanpr.alerts import pictures
        from openanpr.reads import purposes

        purposes.register(pictures.PURPOSE, pictures.may_see)
