from django.apps import AppConfig


class SensitiveConfig(AppConfig):
    name = "openanpr.sensitive"
    label = "sensitive"
    verbose_name = "Sensitive places"
