"""The figures that are published, and how coarsely."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One published number. ``step``: it is rounded to multiples of this, see ``protecting``."""

    key: str
    group: str
    title: str
    step: int = 5


_READS_STEP: Final = 1_000
ACCURACY: Final = "Accuracy"
CHECKED: Final = "checked"
CHECKED_RIGHT: Final = "checked-right"


def _group(name: str, *figures: tuple[str, str]) -> list[Figure]:
    return [Figure(key=key, group=name, title=title) for key, title in figures]


_FIGURES: Final = (
    Figure(key="reads", group="Reads", title="Number plates read and kept", step=_READS_STEP),
    *_group(
        "Alerts",
        ("hits", "Reads that matched a list"),
        ("alerts", "Alerts raised to officers"),
        ("alerts-verified", "Alerts whose picture an officer found to show the mark"),
        ("stops", "Vehicles stopped, and nobody arrested"),
        ("arrests", "Vehicles stopped, and somebody arrested"),
    ),
    *_group(
        "False alerts, by cause",
        ("false-misread", "The plate was misread"),
        ("false-stale", "The list was out of date"),
        ("false-wrong-vehicle", "The mark was on another vehicle"),
    ),
    *_group(
        "Searches, by category of the investigation",
        ("searches-other-legitimate", "Another lawful purpose"),
        ("searches-priority-and-volume", "Priority and volume crime"),
        ("searches-serious", "Serious crime"),
        ("searches-major", "Major crime"),
        ("searches-counter-terrorism", "Counter-terrorism"),
    ),
    *_group(
        "Searches, by the age of the oldest read asked for",
        ("searches-to-90-days", "Up to 90 days"),
        ("searches-to-12-months", "90 days to 12 months"),
        ("searches-beyond", "Older than 12 months"),
    ),
    *_group(
        "Searches refused, and permissions of senior officers",
        ("searches-refused", "Searches that the rules refused"),
        ("searches-older", "Searches of older reads, with a senior officer's agreement"),
        ("authorisations-granted", "Agreements given"),
        ("authorisations-refused", "Agreements refused"),
        ("exports", "Results taken out as a file"),
    ),
    *_group(
        ACCURACY,
        (CHECKED, "Reads drawn by chance and compared with their picture"),
        (CHECKED_RIGHT, "Of these, read rightly"),
        ("corrected", "Reads found wrong on other occasions, and corrected"),
    ),
    *_group(
        "Complaints",
        ("complaints", "Received"),
        ("complaints-answered", "Answered"),
        ("complaints-upheld", "Upheld, wholly or in part"),
    ),
    *_group(
        "Checks",
        ("audit-looks", "Times that auditors looked into the record"),
        ("reviews", "Searches and list entries that an auditor looked through"),
        ("findings-learning", "Findings: it could be done better"),
        ("findings-breach", "Findings: a rule was broken"),
        ("findings-serious", "Findings: grave, for professional standards"),
    ),
    Figure(
        key="deleted",
        group="Deletions",
        title="Reads deleted at the end of their time",
        step=_READS_STEP,
    ),
    *_group("Deletions", ("certificates", "Signed certificates of deletion")),
    *_group(
        "Cameras in use at the end of the month",
        ("cameras-fixed", "Fixed"),
        ("cameras-vehicle", "In police vehicles"),
    ),
)
FIGURES: Final = {figure.key: figure for figure in _FIGURES}
"""Every figure by its key, in the order in which they are shown."""
