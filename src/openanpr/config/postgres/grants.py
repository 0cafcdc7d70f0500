"""What each database role may do: nothing but what the apps' ``grants.py`` say."""

import importlib.util
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import psycopg
from psycopg import sql

from openanpr.config.apps import OPENANPR_APPS, THIRD_PARTY_GRANTS
from openanpr.config.database import DatabaseRole

PROCESS_ROLES = tuple(role for role in DatabaseRole if role is not DatabaseRole.OWNER)


def table_grants() -> Iterator[tuple[str, str, str]]:
    """(table, role, privileges) of every app; an app without ``grants.py`` grants nothing."""
    for table, roles in (*THIRD_PARTY_GRANTS.items(), *_declared("GRANTS")):
        for role, privileges in roles.items():
            yield table, role, privileges


def function_grants() -> Iterator[tuple[str, str]]:
    """(function signature, role) of every app."""
    for signature, roles in _declared("FUNCTION_GRANTS"):
        for role in roles:
            yield signature, role


def apply_grants(connection: psycopg.Connection[Any]) -> None:
    """Take every right from every process role, then give what is declared, in one transaction."""
    with connection.transaction():
        for process in PROCESS_ROLES:
            name = sql.Identifier(process)
            for kind in ("tables", "sequences", "functions"):
                connection.execute(
                    sql.SQL("revoke all on all {} in schema public from {}").format(
                        sql.SQL(kind), name
                    )
                )
            connection.execute(sql.SQL("grant usage on schema public to {}").format(name))
        _close_functions_to_the_public(connection)
        for table, role, privileges in table_grants():
            connection.execute(
                sql.SQL("grant {} on {} to {}").format(
                    sql.SQL(privileges), sql.Identifier(table), sql.Identifier(role)
                )
            )
            if "INSERT" in privileges.upper():
                _grant_sequences(connection, table, role)
        for signature, role in function_grants():
            connection.execute(
                sql.SQL("grant execute on function {} to {}").format(
                    sql.SQL(signature), sql.Identifier(role)
                )
            )


def _declared(name: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    for app in OPENANPR_APPS:
        if importlib.util.find_spec(f"{app}.grants") is None:
            continue
        yield from getattr(import_module(f"{app}.grants"), name, {}).items()


def _close_functions_to_the_public(connection: psycopg.Connection[Any]) -> None:
    """PostgreSQL lets everybody run a new function; ours are run only by whom they are granted."""
    rows = connection.execute(
        "select p.oid::regprocedure::text from pg_proc p "
        "join pg_namespace n on n.oid = p.pronamespace "
        "where n.nspname = 'public' and p.proowner = (select oid from pg_roles "
        "where rolname = current_user) "
        "and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')"
    ).fetchall()
    for (signature,) in rows:
        connection.execute(
            sql.SQL("revoke execute on function {} from public").format(sql.SQL(signature))
        )


def _grant_sequences(connection: psycopg.Connection[Any], table: str, role: str) -> None:
    rows = connection.execute(
        "select s.oid::regclass::text from pg_class s join pg_depend d on d.objid = s.oid "
        "where s.relkind = 'S' and d.refobjid = %s::regclass and d.deptype in ('a', 'i')",
        (table,),
    ).fetchall()
    for (sequence,) in rows:
        connection.execute(
            sql.SQL("grant usage on sequence {} to {}").format(
                sql.SQL(sequence), sql.Identifier(role)
            )
        )
