"""The public's post."""

from django.apps import AppConfig


class PostboxConfig(AppConfig):
    """Forms that anybody may send."""

    name = "openanpr.postbox"
    label = "postbox"
