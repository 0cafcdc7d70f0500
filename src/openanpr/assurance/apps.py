from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    name = "openanpr.assurance"
    label = "assurance"
    verbose_name = "Assurance"
