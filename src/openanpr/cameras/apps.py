from django.apps import AppConfig


class CamerasConfig(AppConfig):
    name = "openanpr.cameras"
    label = "cameras"
    verbose_name = "Cameras"
