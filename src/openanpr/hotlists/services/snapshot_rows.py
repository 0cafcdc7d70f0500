"""What goes into a snapshot, read from the tables: millions of plain entries without a Python
object for each, and the few that need all their fields one by one.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import Q

from openanpr.hotlists.copies import copy_of, ends_at, list_copy_of, scopes_of, scopes_of_list
from openanpr.hotlists.models import Hotlist, HotlistEntry
from openanpr.hotlists.vocabulary import EntryState, ListState, MatchAs
from openanpr.matching import MatchAs as HowMatched
from openanpr.matching import PlainEntries, SnapshotEntry, SnapshotList
from openanpr.matching.packing import padded_keys
from openanpr.matching.writing import microseconds
from openanpr.vrm import MAX_LENGTH, InvalidVrm

ROWS_AT_ONCE: Final = 50_000
_WIDTH: Final = MAX_LENGTH + 1  # one more shows a mark that is too long
_PLAIN: Final = """
copy (
    select e.id, rpad(e.vrm, %s), e.valid_from, e.weed_at,
           coalesce(e.confirmed_at, e.created_at), (l.place - 1)::int4
    from hotlist_entry e
    join unnest(%s::uuid[]) with ordinality as l(id, place) on l.id = e.hotlist_id
    where e.state = 'live' and e.weed_at > %s and e.match_as = 'exact' and e.scope = '{}'::jsonb
) to stdout (format binary)
"""
# Binary COPY: a header, then in each row the number of fields and before each field its length.
_HEADER: Final = 19
_FIELDS: Final = (
    ("entry", "V16"),
    ("mark", f"V{_WIDTH}"),
    ("valid_from", ">i8"),
    ("weed_at", ">i8"),
    ("approved_at", ">i8"),
    ("list", ">i4"),
)
_ROW: Final = np.dtype(
    [
        ("fields", ">i2"),
        *(
            (part, kind)
            for name, held in _FIELDS
            for part, kind in ((f"{name}_", ">i4"), (name, held))
        ),
    ]
)
_POSTGRES_EPOCH: Final = microseconds(datetime(2000, 1, 1, tzinfo=UTC))


class SnapshotRows:
    """What may match at one moment. ``plain`` and ``whole`` are each gone through once.

    Those approved at ``since`` or later are noted on the way, see ``fresh``.
    """

    def __init__(self, *, at: datetime, since: datetime) -> None:
        self._at = at
        self._since = since
        self._hotlists = list(
            Hotlist.objects.filter(
                state=ListState.ACTIVE, weed_at__gt=at, review_at__gt=at
            ).order_by("id")
        )
        self._fresh_ids = [np.zeros(0, dtype="V16")]
        self._fresh_moments = [np.zeros(0, dtype=np.int64)]

    def fresh(self) -> tuple[npt.NDArray[Any], npt.NDArray[np.int64]]:
        """Ids (V16) of the entries approved lately, and when, in microseconds since 1970."""
        return np.concatenate(self._fresh_ids), np.concatenate(self._fresh_moments)

    @property
    def lists(self) -> Sequence[SnapshotList]:
        """The lists that the plain entries name by their place."""
        return [
            SnapshotList(
                hotlist_id=hotlist.id,
                copy=list_copy_of(hotlist),
                scopes=scopes_of_list(hotlist),
            )
            for hotlist in self._hotlists
        ]

    def whole(self) -> Iterator[SnapshotEntry]:
        """Entries that match more or less than their own mark."""
        found = HotlistEntry.objects.select_related("hotlist").filter(
            ~Q(match_as=MatchAs.EXACT) | ~Q(scope={}),
            state=EntryState.LIVE,
            weed_at__gt=self._at,
            hotlist__in=self._hotlists,
        )
        for entry in found.order_by("canonical", "id").iterator(chunk_size=5000):
            approved_at = entry.confirmed_at or entry.created_at
            if approved_at >= self._since:
                self._fresh_ids.append(np.frombuffer(entry.id.bytes, dtype="V16"))
                self._fresh_moments.append(np.array([microseconds(approved_at)]))
            yield SnapshotEntry(
                entry_id=entry.id,
                hotlist_id=entry.hotlist_id,
                canonical=entry.canonical,
                vrm=entry.vrm,
                valid_from=entry.valid_from,
                weed_at=ends_at(entry),
                copy=copy_of(entry).to_json(),
                match_as=cast("HowMatched", entry.match_as),
                least_weight=entry.least_weight,
                scopes=scopes_of(entry),
            )

    def plain(self) -> Iterator[PlainEntries]:
        """All other entries, some tens of thousands at once. Raises InvalidVrm."""
        if not self._hotlists:
            return
        ends = np.array(
            [microseconds(min(one.weed_at, one.review_at)) for one in self._hotlists],
            dtype=np.int64,
        )
        for rows in _copied([hotlist.id for hotlist in self._hotlists], self._at):
            if (rows["fields"] != len(_FIELDS)).any() or (rows["mark_"] != _WIDTH).any():
                raise InvalidVrm("one of the marks is not normalised")
            places = rows["list"].astype(np.uint32)
            marks = np.ascontiguousarray(rows["mark"]).view(np.uint8).reshape(len(rows), _WIDTH)
            key, mark = padded_keys(marks)
            self._note_fresh(rows)
            yield PlainEntries(
                key=key,
                mark=mark,
                valid_from=rows["valid_from"].astype(np.int64) + _POSTGRES_EPOCH,
                weed_at=np.minimum(rows["weed_at"] + _POSTGRES_EPOCH, ends[places]),
                entry=np.ascontiguousarray(rows["entry"]),
                list=places,
            )

    def _note_fresh(self, rows: npt.NDArray[Any]) -> None:
        approved = rows["approved_at"].astype(np.int64) + _POSTGRES_EPOCH
        lately = approved >= microseconds(self._since)
        self._fresh_ids.append(rows["entry"][lately])
        self._fresh_moments.append(approved[lately])


def _copied(lists: Sequence[Any], at: datetime) -> Iterator[npt.NDArray[Any]]:
    with connection.cursor() as cursor:
        raw: Any = cursor  # Django's cursor has all that is asked of psycopg's here
        with raw.copy(_PLAIN, (_WIDTH, lists, at)) as copy:
            held = bytearray()
            skip = _HEADER
            for block in copy:
                held += block
                if len(held) >= ROWS_AT_ONCE * _ROW.itemsize:
                    del held[:skip]
                    skip = 0
                    whole = len(held) // _ROW.itemsize
                    yield np.frombuffer(bytes(held[: whole * _ROW.itemsize]), dtype=_ROW)
                    del held[: whole * _ROW.itemsize]
            del held[:skip]
            yield np.frombuffer(
                bytes(held[: len(held) // _ROW.itemsize * _ROW.itemsize]), dtype=_ROW
            )
