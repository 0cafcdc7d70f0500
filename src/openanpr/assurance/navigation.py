"""The entries of the navigation."""

from typing import Final

from openanpr.assurance.vocabulary import ANSWERING, OVERSEEING, READING
from openanpr.web.navigation import NavItem

NAVIGATION: Final = [
    NavItem(
        "Due in the force",
        "assurance_due",
        OVERSEEING,
        "What is overdue and what falls due for anybody, and what waits for nobody.",
        order=81,
    ),
    NavItem(
        "Reviews",
        "assurance_reviews",
        READING,
        "Cameras, rules, roles and sharing agreements: keep, change or remove.",
        order=82,
    ),
    NavItem(
        "Incidents",
        "assurance_incidents",
        OVERSEEING,
        "What went wrong, and the time in which a breach is reported.",
        order=83,
    ),
    NavItem(
        "Counts for answers",
        "assurance_foi",
        ANSWERING,
        "Figures that can be given to anybody who asks, with small numbers hidden.",
        order=85,
    ),
    NavItem(
        "Statements",
        "assurance_statements",
        OVERSEEING,
        "Self-assessment, record of processing and impact assessment of the system.",
        order=84,
    ),
]
