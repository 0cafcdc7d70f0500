"""The entries of the navigation."""

from typing import Final

from openanpr.rights.services.asking_who import ASKING
from openanpr.rights.vocabulary import HANDLING
from openanpr.web.navigation import NavItem

NAVIGATION: Final = [
    NavItem(
        "Information requests",
        "rights",
        HANDLING,
        description="What people ask about themselves or about what we do, and when it is due.",
        order=60,
    ),
    NavItem(
        "Who saw a read",
        "read_viewers",
        ASKING,
        description="Everyone who ever saw one read, and why: for the defence and the owner.",
        order=62,
    ),
]
