"""The rows of an import in the database: staged, compared with the list, and taken over.

Sets, not objects: three million rows pass through a COPY one by one, and everything after that is
one statement each. A mark of the file stands for the list's live entries of exactly that mark.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from openanpr.adapters.list_rows import ListRow
from openanpr.vrm import canonical
from openanpr.wire.ids import uuid7

_COPY: Final = (
    "copy hotlist_import_row (id, import_id, line, operation, vrm, canonical, make, model, colour, "
    "action, warning_markers, reason, information, force_area, reference, grading, marking, owner, "
    "weed_at) from stdin (format binary)"
)
_TYPES: Final = (
    ["uuid", "uuid", "int4"] + ["text"] * 7 + ["text[]"] + ["text"] * 7 + ["timestamptz"]
)
_CONTENT: Final = (
    "make, model, colour, action, warning_markers, reason, information, force_area, reference, "
    "grading, marking, owner, weed_at"
)

_DUPLICATES: Final = """
with numbered as (
    select id, line, first_value(line) over (partition by operation, vrm order by line) as first
    from hotlist_import_row where import_id = %(import)s
), gone as (
    delete from hotlist_import_row r using numbered n
    where n.id = r.id and n.line <> n.first
    returning r.line, n.first, r.operation
)
select count(*) over (), line, first, operation from gone order by line limit %(most)s
"""
# A later file of an archive has the last word: D after A after R.
_SUPERSEDED: Final = """
delete from hotlist_import_row r
where r.import_id = %(import)s and exists (
    select from hotlist_import_row later
    where later.import_id = r.import_id and later.vrm = r.vrm
      and position(later.operation in 'RAD') > position(r.operation in 'RAD'))
"""

# Every statement below speaks of these sets: what is live on the list, what the file wants there,
# and what it wants that stands there already, word for word. Covert entries are kept by hand alone:
# the figures would tell of them to people who may not know of them. So are those that match more
# than their own mark, which takes two people.
_SETS: Final = f"""
with current as materialized (
    select id, vrm, {_CONTENT} from hotlist_entry
    where hotlist_id = %(list)s and state = 'live' and weed_at > %(at)s and not covert
      and match_as = 'exact'
), wanted as materialized (
    select id, vrm, canonical, {_CONTENT} from hotlist_import_row
    where import_id = %(import)s and operation in ('R', 'A') and weed_at > %(at)s
), same as materialized (
    select distinct w.vrm from wanted w join current c on c.vrm = w.vrm
    where ({", ".join("w." + name for name in _CONTENT.split(", "))})
        = ({", ".join("c." + name for name in _CONTENT.split(", "))})
), leaving as materialized (
    select c.id, c.vrm, w.vrm is not null as replaced
    from current c left join wanted w on w.vrm = c.vrm
    where (w.vrm is not null and c.vrm not in (select vrm from same))
       or (w.vrm is null and %(replace)s)
       or (w.vrm is null and c.vrm in (
            select vrm from hotlist_import_row where import_id = %(import)s and operation = 'D'))
)
"""  # noqa: S608 - made of constants
_COUNT: Final = (
    _SETS  # noqa: S608 - made of constants
    + """
select (select count(*) from wanted),
       (select count(*) from same),
       (select count(distinct vrm) from leaving where replaced),
       (select count(distinct vrm) from leaving where not replaced)
"""
)
_TAKE_OVER: Final = (
    _SETS  # noqa: S608 - made of constants
    + f"""
, withdrawn as (
    update hotlist_entry e set state = 'withdrawn', withdrawn_at = %(at)s, withdrawn_by_id = %(by)s,
        withdrawn_reason = case when l.replaced then 'Replaced by a newer row of an import'
                                else 'Taken off the list by an import' end
    from leaving l where l.id = e.id
)
insert into hotlist_entry (id, hotlist_id, vrm, canonical, {_CONTENT}, covert, valid_from, state,
    created_at, created_by_id, confirmed_at, confirmed_by_id, withdrawn_reason)
select id, %(list)s, vrm, canonical, {_CONTENT}, false, %(at)s, 'live', %(at)s, %(uploader)s,
    %(confirmed_at)s, %(confirmer)s, ''
from wanted where vrm not in (select vrm from same)
"""  # noqa: S608
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A line whose mark stood on an earlier line of the same file."""

    line: int
    first: int
    operation: str


def stage(*, import_id: UUID, operation: str, owner: str, rows: Iterable[ListRow]) -> None:
    """Put rows aside; ``operation`` is R, A or D."""
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.set_types(_TYPES)
        for row in rows:
            copy.write_row(
                (
                    uuid7(),
                    import_id,
                    row.line,
                    operation,
                    row.vrm,
                    canonical(row.vrm),
                    row.make,
                    row.model,
                    row.colour,
                    row.action,
                    list(row.warning_markers),
                    row.reason,
                    row.information,
                    row.force_area,
                    row.reference,
                    row.grading,
                    row.marking,
                    owner,
                    row.weed_at,
                )
            )


def drop_duplicates(*, import_id: UUID, most: int) -> tuple[int, list[Duplicate]]:
    """Reject all but the first line of each mark; how many, and the first ``most`` of them."""
    with connection.cursor() as cursor:
        cursor.execute(_DUPLICATES, {"import": import_id, "most": most})
        found = cursor.fetchall()
    total = found[0][0] if found else 0
    return total, [
        Duplicate(line=line, first=first, operation=operation)
        for _, line, first, operation in found
    ]


def drop_superseded(*, import_id: UUID) -> int:
    """Leave of each mark the row of the last file of an archive; how many went."""
    with connection.cursor() as cursor:
        cursor.execute(_SUPERSEDED, {"import": import_id})
        return int(cursor.rowcount)


def difference(*, import_id: UUID, hotlist_id: UUID, replace: bool, at: datetime) -> dict[str, int]:
    """How many marks would be added, changed, removed, and are as they were."""
    with connection.cursor() as cursor:
        _join_in_bulk(cursor)
        cursor.execute(
            _COUNT, {"import": import_id, "list": hotlist_id, "replace": replace, "at": at}
        )
        wanted, same, changed, removed = cursor.fetchone()
    return {
        "added": wanted - same - changed,
        "changed": changed,
        "removed": removed,
        "unchanged": same,
    }


def take_over(
    *,
    import_id: UUID,
    hotlist_id: UUID,
    replace: bool,
    at: datetime,
    uploader: int,
    by: int,
    confirmed: bool,
) -> None:
    """Make the list what the file says, in one statement: withdraw what leaves, insert what comes.

    ``confirmed`` names ``by`` as the second person of each new entry.
    """
    with connection.cursor() as cursor:
        _join_in_bulk(cursor)
        cursor.execute(
            _TAKE_OVER,
            {
                "import": import_id,
                "list": hotlist_id,
                "replace": replace,
                "at": at,
                "by": by,
                "uploader": uploader,
                "confirmed_at": at if confirmed else None,
                "confirmer": by if confirmed else None,
            },
        )


def _join_in_bulk(cursor: object) -> None:
    # The rows were written a moment ago and have no statistics yet; guessing that they are few
    # would cost a scan for each of millions. The planner is told for this transaction only.
    cursor.execute("set local enable_nestloop = off")  # type: ignore[attr-defined]
