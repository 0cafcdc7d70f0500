"""Audit rows that ingest owes: no read is turned away because the audit cannot be written.

They are kept with the reads that they tell of, in the same transaction, and written in their order
by the process that does jobs as soon as the audit takes them again.
"""

from typing import Any, Final

import psycopg
from django.db import connection, transaction

from openanpr.audit.services import append_sql

AT_ONCE: Final = 500
_OWE: Final = "insert into ingest_audit_owed (event) values (%s::jsonb)"
# Nothing but what ingest says of itself: whoever broke into ingest could else have the process that
# does jobs write in anybody's name.
_TAKE: Final = """
delete from ingest_audit_owed where id in (
    select id from ingest_audit_owed
    where event ->> 'verb' = 'ingest.store' and event ->> 'actor_kind' = 'system'
      and event ->> 'actor_account' = 'ingest'
    order by id limit %s
) returning id, event::text
"""


def is_of_audit(problem: psycopg.Error) -> bool:
    """Whether it was the audit that refused, or kept somebody waiting too long."""
    return "audit_" in f"{problem.diag.message_primary} {problem.diag.context}"


def owe(cursor: psycopg.Cursor[Any], text: str) -> None:
    """Keep an event (``audit.services.event_text``) that the audit does not take now."""
    cursor.execute(_OWE, [text])


@transaction.atomic
def settle() -> int:
    """Write what is owed, oldest first, all of it or nothing; how many rows."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [AT_ONCE])
        owed = sorted(cursor.fetchall())
        for _, text in owed:
            cursor.execute(append_sql, [text])
    return len(owed)
