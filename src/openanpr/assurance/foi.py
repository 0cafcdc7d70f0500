"""Counts for answers under freedom of information: made from what is published, and nothing else.

Published figures are already moved, rounded and, where small, hidden (docs/adr/0045). Adding them
up tells no more than they do; a fresh count of the same months would.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openanpr.public.figures.catalogue import FIGURES
from openanpr.public.figures.protecting import Published
from openanpr.public.figures.reading import published


@dataclass(frozen=True, slots=True)
class Line:
    """One figure over a period, in words that can stand in an answer."""

    group: str
    title: str
    text: str


def lines(months: Sequence[date]) -> list[Line]:
    """Every figure of the catalogue over these months."""
    values = published(list(months))
    return [
        Line(figure.group, figure.title, in_words([values.get((key, one)) for one in months]))
        for key, figure in FIGURES.items()
    ]


def in_words(values: Sequence[Published | None]) -> str:
    """The sum of a figure over months; a month that is hidden stays hidden."""
    known = [one for one in values if one is not None]
    hidden = [one for one in known if one.value is None]
    if not known:
        return "not published"
    said = []
    if len(hidden) < len(known):
        said.append(f"about {sum(one.value or 0 for one in known):,}")
    if hidden:
        months = "1 month" if len(hidden) == 1 else f"{len(hidden)} months"
        said.append(f"fewer than {hidden[0].below:,} in {months}")
    if len(known) < len(values):
        said.append(f"{len(values) - len(known)} not published")
    return "; ".join(said)
