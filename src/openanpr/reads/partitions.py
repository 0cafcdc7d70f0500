"""Weekly partitions of `reads`: made before they are needed, or at once when an old read comes."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

import psycopg

_WEEK: Final = timedelta(days=7)
AHEAD: Final = timedelta(weeks=9)


def week_of(moment: datetime) -> date:
    """The Monday, in UTC, of the week that holds an aware time."""
    day = moment.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())


class Partitions:
    """What the owner of one connection knows of the partitions that exist."""

    def __init__(self) -> None:
        self._known: set[date] = set()

    def ensure(self, connection: psycopg.Connection[Any], moments: Iterable[datetime]) -> None:
        """Make the partitions that these times need and that are not known to exist.

        Commits by itself: the connection must be in autocommit mode and outside a transaction.
        Raises psycopg.Error.
        """
        missing = {week_of(moment) for moment in moments} - self._known
        if not missing:
            return
        for week in sorted(missing):
            start = datetime.combine(week, time(), tzinfo=UTC)
            connection.execute("select ensure_partitions(%s, %s)", (start, start + _WEEK))
        self._known |= missing

    def ensure_ahead(self, connection: psycopg.Connection[Any], *, at: datetime) -> None:
        """Make this week's partition and those of the next weeks."""
        weeks = AHEAD // _WEEK
        self.ensure(connection, (at + week * _WEEK for week in range(weeks)))

    def forget(self) -> None:
        """Trust nothing known before: another database may answer after a reconnection."""
        self._known.clear()
