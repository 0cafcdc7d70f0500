"""Giving the audit out of the house: itself audited first."""

from collections.abc import Callable
from datetime import datetime
from typing import TextIO

import psycopg

from openanpr.audit.actors import AuditActor
from openanpr.audit.chain import Link, Verdict
from openanpr.audit.export import write_export
from openanpr.audit.roots import Root
from openanpr.audit.services import record_event_raw
from openanpr.audit.stored import snapshot


def export_audit(
    dsn: str,
    file: TextIO,
    *,
    redacted: bool,
    at: datetime,
    sign: Callable[[Link], Root] | None = None,
) -> Verdict:
    """Record the export in the audit at ``dsn``, then write every row, that one too.

    ``sign`` makes the root in the trailer, where there is a key.
    """
    with psycopg.connect(dsn) as connection, connection.cursor() as cursor:
        record_event_raw(
            cursor,
            verb="audit.export",
            actor=AuditActor.system("command-line"),
            at=at,
            payload={"redacted": redacted},
        )
    with snapshot(dsn) as audit:
        return write_export(audit.rows(), file, redacted=redacted, head=audit.head, sign=sign)
