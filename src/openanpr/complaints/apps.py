"""Complaints."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """The form for everybody, and the desk behind it."""

    name = "openanpr.complaints"
    label = "complaints"
