"""The form of a statement and the bodies it names, by jurisdiction; a force may name its own."""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from openanpr.config.values import Settings
from openanpr.exhibits.vocabulary import Jurisdiction


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a draft statement says of the law it is made under, and who receives and discloses."""

    title: str
    statement: str
    under: str
    declaration: str
    prosecutor: str
    disclosure: str
    complaints: str


@cache
def forms() -> dict[Jurisdiction, Form]:
    """The forms as shipped."""
    text = files("openanpr.exhibits").joinpath("jurisdictions.toml").read_text(encoding="utf-8")
    return {Jurisdiction(name): Form(**values) for name, values in tomllib.loads(text).items()}


def form_of(jurisdiction: Jurisdiction, settings: Settings) -> Form:
    """The form with the bodies that the settings name instead."""
    named = {
        "disclosure": settings.disclosure_body,
        "complaints": settings.complaints_body,
    }
    return replace(forms()[jurisdiction], **{key: text for key, text in named.items() if text})
