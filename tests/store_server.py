"""The server or cluster that OPENANPR_TEST_DSN names, made ready for the store's tests.

The database `openanpr` there is dropped and made anew; one that these tests did not make is left
alone, and the run ends.
"""

from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from openanpr.config.database import DATABASE, DatabaseRole, dsn
from openanpr.config.postgres.grants import apply_grants
from openanpr.config.postgres.server import prepare_server
from openanpr.config.values import get_settings
from openanpr.reads import distribution

MADE_HERE = "made by the tests of the OpenANPR store"


class StoreServer:
    """What tests ask of a cluster: a connection that nothing stops."""

    def __init__(self, admin_dsn: str) -> None:
        self._parts = conninfo_to_dict(admin_dsn)
        self.workers = 0

    def connect_as_superuser(self, database: str = "postgres") -> psycopg.Connection[Any]:
        return psycopg.connect(**{**self._parts, "dbname": database}, autocommit=True)

    def prepare(self) -> None:
        """An empty database with every role, on every node."""
        for node in [self._parts, *self._workers()]:
            self._drop(node)
        self.workers = prepare_server(psycopg.conninfo.make_conninfo(**self._parts), get_settings())
        for node in [self._parts, *self._workers()]:
            with psycopg.connect(**node, autocommit=True) as connection:
                connection.execute(
                    sql.SQL("comment on database {} is {}").format(
                        sql.Identifier(DATABASE), sql.Literal(MADE_HERE)
                    )
                )

    def distribute(self) -> None:
        """Spread the reads, where there are workers."""
        if not self.workers:
            return
        with psycopg.connect(dsn(DatabaseRole.OWNER), autocommit=True) as connection:
            with connection.transaction():
                policies = distribution.policies_of_reads(connection)
                for step in distribution.steps(policies, shards=4):
                    connection.execute(step.sql.encode())
            apply_grants(connection)

    def _workers(self) -> list[dict[str, Any]]:
        with psycopg.connect(**self._parts, autocommit=True) as connection:
            if connection.execute("select from pg_extension where extname = 'citus'").rowcount < 1:
                return []
            rows = connection.execute(
                "select nodename, nodeport from pg_dist_node where groupid <> 0"
            ).fetchall()
        return [{**self._parts, "host": host, "port": port} for host, port in rows]

    def _drop(self, node: dict[str, Any]) -> None:
        with psycopg.connect(**node, autocommit=True) as connection:
            found = connection.execute(
                "select shobj_description(oid, 'pg_database') from pg_database where datname = %s",
                (DATABASE,),
            ).fetchone()
            if found is None:
                return
            if found[0] != MADE_HERE:
                pytest.exit(
                    f"OPENANPR_TEST_DSN names a server with a database `{DATABASE}` that these "
                    "tests did not make. They would drop it: name another server.",
                    returncode=2,
                )
            connection.execute(
                sql.SQL("drop database {} with (force)").format(sql.Identifier(DATABASE))
            )
