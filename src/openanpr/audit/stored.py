"""The stored rows, read in one consistent snapshot for verifying and exporting."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connections
from psycopg.conninfo import make_conninfo
from psycopg.rows import dict_row

from openanpr.audit.canonical import FIELDS, Row, list_text, time_text
from openanpr.audit.chain import START, Link, Verdict, check

_BATCH = 2000
_TIMES = ("recorded_at", "at")
_COLUMNS = ", ".join("payload::text as payload" if name == "payload" else name for name in FIELDS)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The audit as it stood at one moment."""

    connection: psycopg.Connection[Any]
    head: Link

    def rows(self, *, after: int | None = None) -> Iterator[Row]:
        """The rows numbered above ``after`` (``None``: all), in order, a batch at a time."""
        with self.connection.cursor("audit_rows", row_factory=dict_row) as cursor:
            cursor.itersize = _BATCH
            cursor.execute(
                f"select sequence, {_COLUMNS}, salt, previous_hash, hash from audit_event "  # noqa: S608 - constants
                "where sequence > %s or %s order by sequence",
                (after, after is None),
            )
            for stored in cursor:
                yield _row(stored)

    def link(self, sequence: int) -> Link | None:
        """The stored place of row ``sequence``; ``START`` for 0, ``None`` where there is none."""
        if sequence == 0:
            return START
        found = self.connection.execute(
            "select hash from audit_event where sequence = %s", (sequence,)
        ).fetchone()
        return Link(sequence, bytes(found[0])) if found else None


@contextmanager
def snapshot(dsn: str) -> Iterator[Snapshot]:
    """Open the audit of the database at ``dsn`` (libpq), read-only, at one moment."""
    with psycopg.connect(dsn, application_name="openanpr-audit") as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        found = connection.execute("select sequence, hash from audit_head").fetchone()
        yield Snapshot(connection, Link(found[0], bytes(found[1])) if found else START)


def rows_numbered(sequences: Sequence[int], *, using: str = "default") -> list[Row]:
    """The rows of these numbers that there are, in order."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"select sequence, {_COLUMNS}, salt, previous_hash, hash from audit_event "  # noqa: S608 - constants
            "where sequence = any (%s) order by sequence",
            [list(sequences)],
        )
        names = [column.name for column in cursor.description or ()]
        return [_row(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def dsn_of(alias: str) -> str:
    """The connection string of a Django database alias, for a connection of our own."""
    parts = connections[alias].settings_dict
    return make_conninfo(
        "",
        host=parts["HOST"],
        port=parts["PORT"] or None,
        dbname=parts["NAME"],
        user=parts["USER"],
        password=parts["PASSWORD"],
        **{key: value for key, value in parts["OPTIONS"].items() if key.startswith("ssl")},
    )


def verify(dsn: str, *, known: Link | None = None) -> Verdict:
    """Check every row of the database at ``dsn``.

    ``known`` is a place of the chain that was written down outside the database: the chain must
    pass through it, or the verdict is broken there.
    """
    with snapshot(dsn) as audit:
        if known is None:
            return check(audit.rows(), head=audit.head)
        until_known = (row for row in audit.rows() if row.sequence <= known.sequence)
        first = check(until_known, head=known)
        if not first.whole:
            return first
        rest = check(audit.rows(after=known.sequence), after=known, head=audit.head)
        return Verdict(first.rows + rest.rows, rest.head, rest.broken)


def _row(stored: dict[str, Any]) -> Row:
    values = {name: stored[name] for name in FIELDS}
    values |= {name: time_text(stored[name]) for name in _TIMES}
    # An item that is null was never written: it makes a text that no row was hashed with.
    values["reasons"] = list_text(["null!" if one is None else one for one in stored["reasons"]])
    return Row(
        sequence=stored["sequence"],
        values=values,
        salt=bytes(stored["salt"]),
        previous_hash=bytes(stored["previous_hash"]),
        hash=bytes(stored["hash"]),
    )
