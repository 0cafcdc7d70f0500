from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "openanpr.retention"
    label = "retention"
    verbose_name = "Retention"
