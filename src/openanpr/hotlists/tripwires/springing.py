"""The one statement by which a search or a hit trips: the same whether or not anything does.

It stands in the transaction that records the search or dispatches the hit, writes no audit row
(the process that does jobs does, later) and gives nothing back.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from openanpr.hotlists.tripwires.vocabulary import TripKind
from openanpr.vrm import canonical

_SPRING: Final = """
insert into tripwire_trip (protected_id, kind, source, at, person, account, investigation)
select p.id, %s, s.source, %s, %s, %s, %s
from unnest(%s::text[], %s::uuid[]) as s (canonical, source)
join protected_mark p on p.canonical = s.canonical
where p.ended_at is null and p.ends_at > %s
on conflict do nothing
"""


def spring(
    kind: TripKind,
    marks: Iterable[tuple[str, UUID]],
    *,
    at: datetime,
    person: str = "",
    account: str = "",
    investigation: str = "",
) -> None:
    """Note each protected mark among these: (mark, the search or hit that it came with)."""
    listed = sorted({(canonical(vrm), source) for vrm, source in marks})
    with connection.cursor() as cursor:
        cursor.execute(
            _SPRING,
            [
                kind.value,
                at,
                person,
                account,
                investigation,
                [mark for mark, _ in listed],
                [source for _, source in listed],
                at,
            ],
        )
