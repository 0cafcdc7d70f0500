"""A month of the force's time, in which coverage is counted and reports are made."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from openanpr.web.dates import force_zone, local

_FORM: Final = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month by the force's calendar; its instants are aware, in UTC, and half-open."""

    year: int
    number: int

    @property
    def start(self) -> datetime:
        """Its first instant."""
        return datetime(self.year, self.number, 1, tzinfo=force_zone()).astimezone(UTC)

    @property
    def end(self) -> datetime:
        """The first instant that is not in it any more."""
        return self.moved(1).start

    def moved(self, months: int) -> "Month":
        """So many months later, or earlier."""
        year, month = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, month + 1)

    @property
    def name(self) -> str:
        """``November 2026``."""
        return f"{datetime(self.year, self.number, 1, tzinfo=UTC):%B %Y}"

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


def month_of(moment: datetime) -> Month:
    """The month in which an instant lies."""
    shown = local(moment)
    return Month(shown.year, shown.month)


def parse_month(text: str) -> Month | None:
    """``2026-11`` as a month; ``None`` for anything else."""
    found = _FORM.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12 or not 1970 <= int(found[1]) <= 9000:
        return None
    return Month(int(found[1]), int(found[2]))
