"""What goes on to the national centre, noted in the transaction that stores it.

One row a batch names the reads that were stored now, by camera, time and id: no mark is copied, and
the look-up of a read by camera and time is one that the store has an index for. No row is written
where no centre is set. `federation` takes the rows up; which of two transactions commits first does
not matter to it, because it follows rows that are there and no counter.
"""

from collections.abc import Collection, Sequence
from typing import Any, Final

import psycopg

from openanpr.ingest.work import JudgedBatch
from openanpr.reads import literals

# The rows come in the order in which their batches were taken up.
_NOTE: Final = """
insert into ingest_onward (device, batch_id, received_at, camera_ids, captured_at, read_ids)
select device, batch_id, received_at, cameras::integer[], moments::timestamptz[], ids::uuid[]
from unnest(
    %s::uuid[], %s::uuid[], %s::timestamptz[], %s::text[], %s::text[], %s::text[]
) with ordinality as noted (device, batch_id, received_at, cameras, moments, ids, place)
order by place
"""


def note_onward(
    cursor: psycopg.Cursor[Any], group: Sequence[JudgedBatch], stored: Sequence[Collection[int]]
) -> None:
    """Note of each batch the reads stored now (``stored``: their places); known ones went before.

    Raises psycopg.Error.
    """
    noted = [
        (batch, [batch.verdict.rows[place] for place in sorted(places)])
        for batch, places in zip(group, stored, strict=True)
        if places
    ]
    if not noted:
        return
    cursor.execute(
        _NOTE,
        (
            literals.uuids(batch.device_id for batch, _ in noted),
            literals.uuids(batch.batch_id for batch, _ in noted),
            literals.moments(batch.received_at for batch, _ in noted),
            [literals.numbers(row.camera_id for row in rows) for _, rows in noted],
            [literals.moments(row.read.captured_at for row in rows) for _, rows in noted],
            [literals.uuids(row.read.id for row in rows) for _, rows in noted],
        ),
    )
