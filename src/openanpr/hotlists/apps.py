from django.apps import AppConfig


class HotlistsConfig(AppConfig):
    name = "openanpr.hotlists"
    label = "hotlists"
    verbose_name = "Vehicles of interest"
