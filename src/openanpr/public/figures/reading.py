"""The published figures as pages and files show them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from openanpr.public.figures.catalogue import FIGURES
from openanpr.public.figures.protecting import Published
from openanpr.public.models import PublishedFigure

MONTHS: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The figures of one heading: months newest first, a row a figure."""

    title: str
    rows: list[tuple[str, list[Published | None]]]


def months() -> list[date]:
    """The months that are published, newest first."""
    found = PublishedFigure.objects.order_by("-month").values_list("month", flat=True).distinct()
    return list(found[:MONTHS])


def published(shown: list[date]) -> dict[tuple[str, date], Published]:
    """Each figure of those months. One that the catalogue no longer has is left out."""
    return {
        (row.figure, row.month): Published(FIGURES[row.figure], row.value)
        for row in PublishedFigure.objects.filter(month__in=shown)
        if row.figure in FIGURES
    }


def groups(shown: list[date]) -> list[Group]:
    """The figures by heading, in the order of the catalogue."""
    values = published(shown)
    made: dict[str, Group] = {}
    for key, figure in FIGURES.items():
        group = made.setdefault(figure.group, Group(title=figure.group, rows=[]))
        group.rows.append((figure.title, [values.get((key, month)) for month in shown]))
    return list(made.values())


def records(shown: list[date]) -> Iterator[dict[str, str | int | None]]:
    """One record a figure and month, for the machine-readable copies."""
    for (key, month), one in sorted(published(shown).items(), key=lambda item: item[0]):
        yield {
            "month": f"{month:%Y-%m}",
            "figure": key,
            "title": one.figure.title,
            "value": one.value,
            "fewer_than": one.below if one.value is None else None,
            "rounded_to": one.figure.step,
        }
