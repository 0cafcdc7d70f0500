"""The policy app: which profile of the access rules is in force, and who put it there."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """Profiles in force and their versions."""

    name = "openanpr.policy"
    label = "policy"
