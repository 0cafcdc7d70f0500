"""Which marks of the store fit part of a mark, or lie one character off a whole one."""

from dataclasses import dataclass
from datetime import datetime

from openanpr.search.store.live import LivePart, search_session


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMark:
    """A mark in the store, and when it was first and last read within the part looked at.

    Both times are bounds: cut at the part, and not told apart by cameras.
    """

    vrm: str
    first_seen: datetime
    last_seen: datetime


def marks_seen(live: LivePart, *, limit: int) -> list[SeenMark]:
    """The marks that fit the part's ``pattern`` or lie around its ``near``, last seen first."""
    with search_session(live.id) as cursor:
        cursor.execute("select vrm, first_seen, last_seen from marks_seen(%s)", [limit])
        return [
            SeenMark(vrm=vrm, first_seen=first, last_seen=last)
            for vrm, first, last in cursor.fetchall()
        ]
