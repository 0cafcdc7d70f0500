"""Which of the reads that a reader numbered have come: gaps are named, and closed when they arrive.

A reader counts its reads without gaps, and a batch holds a run of them. The runs received are kept
united, one row a reader; what lies between them is missing. Nothing of this is done at ingest: it
is folded from the account of batches afterwards, and folding a batch twice changes nothing.
"""

from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from openanpr.audit.services import AuditActor, record_event

ACTOR: Final = AuditActor.system("receipts")

# Batches commit a little out of order: those of the last ten minutes are looked at again.
_FOLD: Final = """
insert into reader_receipt as known (device, received, last_received_at)
select device, range_agg(int8range(first_sequence, first_sequence + reads)), max(received_at)
from ingest_batch
where reads > 0 and received_at >= coalesce(
    (select max(last_received_at) from reader_receipt) - interval '10 minutes', '-infinity')
group by device
on conflict (device) do update set
    received = known.received + excluded.received,
    last_received_at = greatest(known.last_received_at, excluded.last_received_at)
"""
_MISSING: Final = """
select r.device, lower(gap), upper(gap) - 1
from reader_receipt r, unnest(
    int8multirange(int8range(lower(r.received), upper(r.received))) - r.received) as gap
"""
_CLOSE: Final = f"""
update reader_gap set closed_at = %s
where closed_at is null and (device, first_number, last_number) not in ({_MISSING})
returning last_number - first_number + 1
"""  # noqa: S608 - constants
# What came last before the gap says on which day it is missing. A gap that shrinks or is split
# keeps the time at which it was first noticed.
_NOTICE: Final = f"""
insert into reader_gap (device, first_number, last_number, noticed_at, after_at)
select m.device, m.first_number, m.last_number,
    coalesce((
        select min(g.noticed_at) from reader_gap g
        where g.device = m.device and g.first_number <= m.first_number
          and g.last_number >= m.last_number), %s),
    (select max(b.received_at) from ingest_batch b
     where b.device = m.device and b.first_sequence + b.reads = m.first_number)
from ({_MISSING}) as m (device, first_number, last_number)
on conflict (device, first_number, last_number) do update set closed_at = null
    where reader_gap.closed_at is not null
returning last_number - first_number + 1
"""  # noqa: S608 - constants


@transaction.atomic
def account_receipts(*, at: datetime) -> None:
    """Fold the batches that have come; name new gaps, close those that have been filled."""
    with connection.cursor() as cursor:
        cursor.execute("set local lock_timeout = '5s'")
        cursor.execute(_FOLD)
        noticed = _numbers(cursor, _NOTICE, at)
        closed = _numbers(cursor, _CLOSE, at)
    if noticed or closed:
        record_event(
            verb="ingest.gaps",
            actor=ACTOR,
            at=at,
            payload={
                "noticed": len(noticed),
                "missing": sum(noticed),
                "closed": len(closed),
            },
        )


def _numbers(cursor: Any, query: str, at: datetime) -> list[int]:
    cursor.execute(query, [at])
    return [reads for (reads,) in cursor.fetchall()]
