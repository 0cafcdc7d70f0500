"""What patrol cars may hold of the lists, dealt into parts; made once a published version."""

import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from openanpr.wire.car_lists import CarEntry, CarLists, CarListsHeld, digest_of, part_of

MOST_ENTRIES_AN_ANSWER: Final = 20_000

# By the day at least anew, so that entries that have ended leave the parts too.
_STALE: Final = timedelta(hours=1)
_ENTRIES: Final = """
select id, vrm, action, priority, list_name, reason, valid_from, until, warning_markers,
    make, model, colour, information
from hotlist_for_cars(%s) limit %s
"""


class TooManyEntries(Exception):
    """The lists that cars hold have more entries than a car is given."""


@dataclass(frozen=True, slots=True)
class Parts:
    """All that a car may hold at one version of the lists."""

    version: int = -1
    made_at: datetime | None = None
    entries: Mapping[str, tuple[CarEntry, ...]] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    def fits(self, version: int, at: datetime) -> bool:
        """Whether these are of that version, and not too old."""
        return self.version == version and self.made_at is not None and at - self.made_at < _STALE


class PartsForCars:
    """The parts of the newest version. Safe to use from several threads."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._parts = Parts()

    def at(self, version: int, *, at: datetime, cursor: Any) -> Parts:
        """The parts of this version, looked up through ``cursor`` if need be.

        Raises TooManyEntries, and what the database raises.
        """
        with self._lock:
            if not self._parts.fits(version, at):
                self._parts = _look_up(version, at=at, most=self._most, cursor=cursor)
            return self._parts


def _look_up(version: int, *, at: datetime, most: int, cursor: Any) -> Parts:
    cursor.execute(_ENTRIES, (at, most + 1))
    dealt: dict[str, list[CarEntry]] = defaultdict(list)
    count = 0
    for row in cursor:
        entry = _entry(row)
        dealt[part_of(entry.vrm)].append(entry)
        count += 1
    if count > most:
        raise TooManyEntries(f"more than {most}")
    return Parts(
        version=version,
        made_at=at,
        entries={part: tuple(entries) for part, entries in dealt.items()},
        digests={part: digest_of(entries) for part, entries in dealt.items()},
    )


def _entry(row: tuple[Any, ...]) -> CarEntry:
    make, model, colour, information = row[9:]
    return CarEntry(
        id=row[0],
        vrm=row[1],
        action=row[2],
        priority=row[3],
        list_name=row[4],
        reason=row[5],
        valid_from=row[6],
        until=row[7],
        warning_markers=tuple(row[8]),
        make=make,
        model=model,
        colour=colour,
        information=information,
    )


def answer_for(held: CarListsHeld, parts: Parts, *, keep_until: datetime) -> CarLists:
    """What this car lacks, as much as one answer takes: whole parts, the first ones first."""
    differing = sorted(
        part for part, digest in parts.digests.items() if held.parts.get(part) != digest
    )
    sent: dict[str, tuple[CarEntry, ...]] = {}
    count = 0
    for part in differing:
        entries = parts.entries[part]
        if sent and count + len(entries) > MOST_ENTRIES_AN_ANSWER:
            break
        sent[part] = entries
        count += len(entries)
    return CarLists(
        keep_until=keep_until,
        parts=dict(parts.digests),
        entries=sent,
        more=len(sent) < len(differing),
    )
