from django.apps import AppConfig


class ReadsConfig(AppConfig):
    name = "openanpr.reads"
    label = "reads"
    verbose_name = "Reads"
