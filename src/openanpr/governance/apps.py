from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "openanpr.governance"
    label = "governance"
    verbose_name = "Camera cases"
