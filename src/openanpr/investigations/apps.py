"""The investigations app: what a search is for, and who authorised what."""

from django.apps import AppConfig


class InvestigationsConfig(AppConfig):
    """Investigations, their teams, requests for authorisation and grants."""

    name = "openanpr.investigations"
    label = "investigations"
