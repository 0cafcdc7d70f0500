from django.apps import AppConfig


class HoldsConfig(AppConfig):
    name = "openanpr.holds"
    label = "holds"
    verbose_name = "Holds"
