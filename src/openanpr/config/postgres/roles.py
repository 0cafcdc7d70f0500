"""The database roles, made once with passwords from the secret files."""

from typing import Any

import psycopg
from psycopg import sql

from openanpr.config.database import DATABASE, DatabaseRole, password_of
from openanpr.config.postgres.cluster import Cluster
from openanpr.config.values import Settings

EXTENSIONS = ("pg_trgm",)


def prepare_database(cluster: Cluster, settings: Settings) -> None:
    """Make the roles, the database and its extensions where they are missing."""
    with cluster.connect_as_superuser() as connection:
        for role in DatabaseRole:
            make_role(connection, role, password_of(role, settings))
        make_database(connection)
    with cluster.connect_as_superuser(DATABASE) as connection:
        make_extensions(connection)


def make_role(connection: psycopg.Connection[Any], role: str, password: str) -> None:
    """Make ``role`` or set its password; it owns nothing and may do nothing by itself."""
    known = connection.execute("select 1 from pg_roles where rolname = %s", (role,)).fetchone()
    verb = sql.SQL("alter" if known else "create")
    connection.execute(
        sql.SQL(
            "{} role {} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls "
            "password {}"
        ).format(verb, sql.Identifier(role), sql.Literal(password))
    )


def make_database(connection: psycopg.Connection[Any]) -> None:
    """Make the database, owned by the role that migrates; only our roles may connect."""
    known = connection.execute(
        "select 1 from pg_database where datname = %s", (DATABASE,)
    ).fetchone()
    name, owner = sql.Identifier(DATABASE), sql.Identifier(DatabaseRole.OWNER)
    if not known:
        connection.execute(
            sql.SQL("create database {} owner {} template template0 encoding 'UTF8'").format(
                name, owner
            )
        )
    connection.execute(sql.SQL("revoke connect, temporary on database {} from public").format(name))
    for role in DatabaseRole:
        connection.execute(
            sql.SQL("grant connect on database {} to {}").format(name, sql.Identifier(role))
        )


def make_extensions(connection: psycopg.Connection[Any]) -> None:
    for extension in EXTENSIONS:
        connection.execute(
            sql.SQL("create extension if not exists {}").format(sql.Identifier(extension))
        )
    connection.execute("revoke create on schema public from public")
    connection.execute(
        sql.SQL("grant all on schema public to {}").format(sql.Identifier(DatabaseRole.OWNER))
    )
