from django.apps import AppConfig


class ReceiptsConfig(AppConfig):
    name = "openanpr.receipts"
    label = "receipts"
    verbose_name = "Receipts"
