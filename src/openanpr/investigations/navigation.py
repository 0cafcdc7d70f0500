"""The entries of the navigation."""

from typing import Final

from openanpr.access.vocabulary import Role
from openanpr.investigations.vocabulary import INVESTIGATING
from openanpr.web.navigation import NavItem

NAVIGATION: Final = [
    NavItem(
        "Investigations",
        "investigations",
        INVESTIGATING,
        description="Open an investigation, see your own ones, ask for an authorisation.",
        order=20,
    ),
    NavItem(
        "Authorisations",
        "authorisations",
        frozenset({Role.AUTHORISER}),
        description="Requests that wait for an authorising officer.",
        order=25,
    ),
]
