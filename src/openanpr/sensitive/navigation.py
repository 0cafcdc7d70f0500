"""The entry of the navigation."""

from typing import Final

from openanpr.sensitive.vocabulary import KEEPING
from openanpr.web.navigation import NavItem

NAVIGATION: Final = [
    NavItem(
        "Sensitive places",
        "sensitive_places",
        KEEPING,
        "Clinics, places of worship and others near which reads stay closed.",
        order=46,
    ),
]
