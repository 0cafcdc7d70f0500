"""The entries of the navigation."""

from typing import Final

from openanpr.reads.views.checks import CHECKING, FIGURING
from openanpr.web.navigation import NavItem

NAVIGATION: Final = [
    NavItem(
        "Check plates",
        "accuracy_check",
        CHECKING,
        description="Plates drawn by chance, to be read by a person.",
        order=20,
    ),
    NavItem(
        "Accuracy",
        "accuracy_figures",
        FIGURING,
        description="How often reads were right, by camera and model.",
        order=65,
    ),
]
