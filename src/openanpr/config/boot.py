"""The first step of every process that uses Django."""

import os


def set_up_django(process: str) -> None:
    """Configure Django as one of the processes; once configured, a process stays what it is."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"openanpr.config.settings.{process}")
    django.setup()
