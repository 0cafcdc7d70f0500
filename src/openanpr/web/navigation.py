"""The main navigation: each app names its own items, this module gathers them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from django.apps import apps
from django.urls import NoReverseMatch, reverse

from openanpr.access.vocabulary import Role


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the navigation, shown to those who hold one of ``roles``.

    ``description`` is the sentence on the home page; ``order`` sorts the entries (lower first).
    """

    text: str
    url_name: str
    roles: frozenset[Role]
    description: str = ""
    order: int = 50


NAVIGATION: Final = [
    NavItem(
        "What falls due",
        "deadlines",
        frozenset(Role),
        "Everything that you must do or know by a date, overdue first.",
        order=80,
    ),
]


@dataclass(frozen=True, slots=True)
class NavLink:
    """An entry as a page draws it."""

    text: str
    href: str
    description: str
    active: bool


@lru_cache(maxsize=1)
def all_items() -> tuple[NavItem, ...]:
    """The items of every installed app, from ``NAVIGATION`` in its ``navigation`` module."""
    return tuple(sorted(_gather(), key=lambda item: (item.order, item.text)))


def _gather() -> Iterator[NavItem]:
    for app in apps.get_app_configs():
        if app.name.startswith("openanpr.") and find_spec(f"{app.name}.navigation") is not None:
            yield from getattr(import_module(f"{app.name}.navigation"), "NAVIGATION", ())


def links_for(roles: frozenset[Role], *, path: str = "") -> list[NavLink]:
    """The navigation for ``roles``; the entry that ``path`` lies under is active."""
    found = []
    for item in all_items():
        if not item.roles & roles:
            continue
        try:
            found.append((item, reverse(item.url_name)))
        except NoReverseMatch:  # an app whose pages this process does not serve
            continue
    # Of two entries that the path lies under, the nearer one is meant.
    under = [href for _, href in found if href != "/" and path.startswith(href)]
    nearest = max(under, key=len, default="")
    return [NavLink(item.text, href, item.description, href == nearest) for item, href in found]
