"""The entries of the navigation."""

from typing import Final

from openanpr.exhibits.queries import OVERSEEING
from openanpr.investigations.vocabulary import INVESTIGATING
from openanpr.web.navigation import NavItem

NAVIGATION: Final = [
    NavItem(
        "Exhibits",
        "exhibits",
        INVESTIGATING | OVERSEEING,
        description="Signed packs of reads for court, and who has had them.",
        order=36,
    ),
]
