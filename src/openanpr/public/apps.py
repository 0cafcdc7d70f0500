"""The public's side."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Pages for everybody, and the desk where the force edits their text."""

    name = "openanpr.public"
    label = "public"
