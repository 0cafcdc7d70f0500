from django.apps import AppConfig


class ExhibitsConfig(AppConfig):
    name = "openanpr.exhibits"
    label = "exhibits"
    verbose_name = "Exhibits"
