"""A PostgreSQL server or a Citus coordinator made ready by its administrator: roles, database."""

from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from openanpr.config.database import DATABASE, DatabaseRole, password_of
from openanpr.config.postgres.roles import make_database, make_extensions, make_role
from openanpr.config.values import Settings

Connection = psycopg.Connection[Any]


def prepare_server(admin_dsn: str, settings: Settings) -> int:
    """Make roles, database and extensions where they are missing; again changes nothing.

    ``admin_dsn`` connects as a superuser. Where its database has the extension `citus`, the same is
    made on every worker that it knows, and they are joined. Returns the number of workers. Raises
    psycopg.Error.
    """
    parts = conninfo_to_dict(admin_dsn)
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        coordinator, workers = _nodes(connection)
    nodes = [parts, *({**parts, "host": host, "port": port} for host, port in workers)]
    for node in nodes:
        _prepare_node(node, settings, with_citus=bool(workers))
    if workers:
        with _connect({**parts, "dbname": DATABASE}) as connection:
            connection.execute("select citus_set_coordinator_host(%s, %s)", coordinator)
            for worker in workers:
                connection.execute("select citus_add_node(%s, %s)", worker)
    return len(workers)


def _nodes(connection: Connection) -> tuple[tuple[str, int], list[tuple[str, int]]]:
    """How the coordinator is known to its workers, and the workers; empty on a single server."""
    known = connection.execute("select from pg_extension where extname = 'citus'").fetchone()
    if known is None:
        return ("", 0), []
    rows = connection.execute(
        "select nodename, nodeport, groupid from pg_dist_node order by groupid"
    ).fetchall()
    own = [(name, port) for name, port, group in rows if group == 0]
    here = own[0] if own else (connection.info.host, connection.info.port)
    return here, [(name, port) for name, port, group in rows if group != 0]


def _prepare_node(parts: dict[str, Any], settings: Settings, *, with_citus: bool) -> None:
    with _connect(parts) as connection:
        if with_citus:
            # Each node is prepared by itself; the coordinator is not to do it for the others.
            connection.execute("set citus.enable_ddl_propagation = off")
        for role in DatabaseRole:
            make_role(connection, role, password_of(role, settings))
        make_database(connection)
    with _connect({**parts, "dbname": DATABASE}) as connection:
        if with_citus:
            connection.execute(sql.SQL("create extension if not exists citus"))
            connection.execute("set citus.enable_ddl_propagation = off")
        make_extensions(connection)


def _connect(parts: dict[str, Any]) -> Connection:
    return psycopg.connect(**parts, autocommit=True)
