from django.apps import AppConfig


class IngestConfig(AppConfig):
    name = "openanpr.ingest"
    label = "ingest"
    verbose_name = "Ingest"
