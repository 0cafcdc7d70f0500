from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "openanpr.api"
    label = "api"
    verbose_name = "Programming interface"
