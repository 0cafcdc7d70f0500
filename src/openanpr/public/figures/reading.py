"""The published figures as pages and files show them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from openanpr.public.figures.accuracy import Share, share_of
from openanpr.public.figures.catalogue import ACCURACY, CHECKED, CHECKED_RIGHT, FIGURES
from openanpr.public.figures.protecting import Published
from openanpr.public.models import PublishedFigure

MONTHS: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The figures of one heading: months newest first, a row a figure.

    ``shares``: of the heading about accuracy, how often reads were right, a month each.
    """

    title: str
    rows: list[tuple[str, list[Published | None]]]
    shares: list[Share | None] = field(default_factory=list)

    @property
    def uneven(self) -> bool:
        """Whether its figures are of such different kinds that bars would say nothing."""
        return len({figure.step for figure in FIGURES.values() if figure.group == self.title}) > 1


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
    made[ACCURACY].shares.extend(
        share_of(values.get((CHECKED_RIGHT, month)), values.get((CHECKED, month)))
        for month in shown
    )
    return list(made.values())


def records(shown: list[date]) -> Iterator[dict[str, str | int | float | None]]:
    """One record a figure and month, for the machine-readable copies.

    A share has ``low`` and ``high``, its 95% limits; counts have none.
    """
    values = published(shown)
    for (key, month), one in sorted(values.items(), key=lambda item: item[0]):
        yield {
            "month": f"{month:%Y-%m}",
            "figure": key,
            "title": one.figure.title,
            "value": one.value,
            "fewer_than": one.below if one.value is None else None,
            "rounded_to": one.figure.step,
            "low": None,
            "high": None,
        }
    for month in sorted(shown):
        share = share_of(values.get((CHECKED_RIGHT, month)), values.get((CHECKED, month)))
        if share is not None:
            yield {
                "month": f"{month:%Y-%m}",
                "figure": "accuracy",
                "title": "Share of checked reads that were right",
                "value": round(share.share, 3),
                "fewer_than": None,
                "rounded_to": None,
                "low": round(share.low, 3),
                "high": round(share.high, 3),
            }
