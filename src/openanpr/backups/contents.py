"""What a database holds, to be compared: rows by table, and where the audit ends."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

_TABLES = (
    "select c.relname, pg_table_size(c.oid) from pg_class c "
    "join pg_namespace n on n.oid = c.relnamespace "
    "where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition "
    "order by c.relname"
)


@dataclass(frozen=True, slots=True)
class Contents:
    """Rows by table, and the number and hash (hexadecimal) of the audit's last row."""

    tables: dict[str, int]
    audit_sequence: int
    audit_head: str


def contents_of(
    connection: psycopg.Connection[Any], *, counted: Callable[[str], None] = lambda _: None
) -> Contents:
    """Count every table in the connection's transaction; ``counted`` is told each name."""
    # A session that reads reads despite their policies, or an error: never some of the rows.
    connection.execute("set local row_security = off")
    tables = {}
    for name in table_names(connection):
        tables[name] = _number(
            connection, sql.SQL("select count(*) from public.{}").format(sql.Identifier(name))
        )
        counted(name)
    head = connection.execute("select sequence, hash from public.audit_head").fetchone()
    sequence, digest = head if head else (0, b"")
    return Contents(tables, sequence, bytes(digest).hex())


def table_names(connection: psycopg.Connection[Any]) -> list[str]:
    """The tables of the program, partitioned ones as one."""
    return [name for name, _ in connection.execute(_TABLES).fetchall()]


def differences(expected: Contents, found: Contents) -> Iterator[str]:
    """In words, what of ``expected`` is otherwise in ``found``."""
    for name in sorted(expected.tables.keys() | found.tables.keys()):
        wanted, there = expected.tables.get(name), found.tables.get(name)
        if wanted != there:
            yield f"{name}: {wanted} rows in the backup, {there} restored"
    if (expected.audit_sequence, expected.audit_head) != (found.audit_sequence, found.audit_head):
        yield (
            f"the audit ends at row {found.audit_sequence} and not at row "
            f"{expected.audit_sequence} with the hash that was noted"
        )


def _number(connection: psycopg.Connection[Any], query: sql.Composed) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
