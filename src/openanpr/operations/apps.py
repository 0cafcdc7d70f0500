from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "openanpr.operations"
    label = "operations"
    verbose_name = "Operations"
