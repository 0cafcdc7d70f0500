"""The Jinja2 environment of all pages."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
)

from openanpr.vrm.layouts import display
from openanpr.web import dates
from openanpr.web.forms import error_list, field_parts
from openanpr.web.person import ROLE_NAMES


def environment(**options: Any) -> Environment:
    """Made once by Django's Jinja2 backend (``TEMPLATES``), which gives loader and escaping."""
    options["loader"] = ChoiceLoader(
        [
            FileSystemLoader(_template_folders()),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    # The GOV.UK macros ask for attributes of parameters that were not given.
    options["undefined"] = ChainableUndefined
    options.setdefault("trim_blocks", True)
    options.setdefault("lstrip_blocks", True)
    env = Environment(**options)  # noqa: S701 - Django's backend turns escaping on
    env.globals.update(
        url=_url, static=staticfiles_storage.url, error_list=error_list, field_parts=field_parts
    )
    env.filters.update(
        day=dates.day,
        moment=dates.moment,
        short_moment=dates.short_moment,
        clock_time=dates.clock_time,
        iso=dates.iso,
        vrm=display,
        role_name=lambda role: ROLE_NAMES[role],
    )
    return env


def _template_folders() -> list[Path]:
    folders = (
        Path(app.path) / "templates"
        for app in apps.get_app_configs()
        if app.name.startswith("openanpr.")
    )
    return [folder for folder in folders if folder.is_dir()]


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)
