"""One real PostgreSQL cluster for the test run; each test that uses it leaves it empty."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import hypothesis
import psycopg
import pytest
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from openanpr.config.database import DATABASE, DatabaseRole, dsn
from openanpr.config.postgres.cluster import Cluster
from openanpr.config.values import get_settings
from tests.store_server import StoreServer

Connect = Callable[[str], psycopg.Connection[Any]]

# Machines that run tests are shared and slow at times: how long a draw takes is not what is tested.
hypothesis.settings.register_profile(
    "shared", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("shared")

# The folders of tests/integration whose tests ask nothing of the server but PostgreSQL.
STORE_FOLDERS = {"reads", "ingest", "search", "retention"}
STORE_DSN = os.environ.get("OPENANPR_TEST_DSN")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of the store: `make test-store` runs those, on whatever server is named."""
    for item in items:
        folder = item.path.parent
        if folder.name in STORE_FOLDERS and folder.parent.name == "integration":
            item.add_marker(pytest.mark.store)


# Filled by migrations, and left as they are between tests.
KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission"}


@pytest.fixture(scope="session")
def cluster(django_db_blocker: DjangoDbBlocker) -> Iterator[Cluster]:
    """The embedded cluster, migrated and with every role's rights, without fsync for speed."""
    from openanpr.config.installation import bring_up_to_date
    from openanpr.config.postgres.roles import prepare_database

    settings = get_settings()
    if STORE_DSN is not None:
        server = StoreServer(STORE_DSN)
        server.prepare()
        with django_db_blocker.unblock():
            _migrate_as_owner(bring_up_to_date, settings)
        server.distribute()
        yield cast("Cluster", server)
        return
    fast = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    running = Cluster(settings, options=fast)
    with running.in_use():
        prepare_database(running, settings)
        with django_db_blocker.unblock():
            _migrate_as_owner(bring_up_to_date, settings)
        yield running


def _migrate_as_owner(bring_up_to_date: Callable[..., None], settings: object) -> None:
    """Django's ``migrate`` uses the alias ``default``, which is the web role in these tests."""
    from django.db import connections

    web = connections["default"]
    connections["default"] = connections["owner"]
    try:
        bring_up_to_date(settings)
    finally:
        connections["owner"].close()
        connections["default"] = web


@pytest.fixture
def db(cluster: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database, empty but for what migrations put there; commits are real.

    Replaces pytest-django's fixture: a transaction that is rolled back would hide the rows from
    the other roles, and hide from the test what those roles may not see.
    """
    from django.db import connections

    with django_db_blocker.unblock():
        try:
            yield
        finally:
            connections.close_all()
            _empty(cluster)
            _remove_list_files()


@pytest.fixture
def connect_as(cluster: Cluster) -> Iterator[Connect]:
    """Connect with a role's own credentials, as its process does."""
    opened: list[psycopg.Connection[Any]] = []

    def connect(role: str) -> psycopg.Connection[Any]:
        connection = psycopg.connect(dsn(DatabaseRole(role)), autocommit=True)
        opened.append(connection)
        return connection

    yield connect
    for connection in opened:
        connection.close()


@pytest.fixture
def superuser(cluster: Cluster) -> Iterator[psycopg.Connection[Any]]:
    """A connection that nothing stops: it plays the intruder who owns the machine."""
    with cluster.connect_as_superuser(DATABASE) as connection:
        yield connection


@pytest.fixture
def data_dir() -> Path:
    """The data folder of this test run."""
    return get_settings().data_dir


def _remove_list_files() -> None:
    """List files name versions of a database that now starts again at none."""
    for folder in ("snapshots", "imports"):
        for path in (get_settings().data_dir / folder).glob("*"):
            path.unlink(missing_ok=True)


def _empty(cluster: Cluster) -> None:
    """Delete every row: on tables this small, far quicker than TRUNCATE, which makes files anew."""
    with cluster.connect_as_superuser(DATABASE) as connection:
        # The audit's own triggers refuse to empty it: only a superuser can look away.
        connection.execute("set session_replication_role = replica")
        rows = connection.execute(
            "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace "
            "where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition"
        ).fetchall()
        tables = [sql.Identifier(name) for (name,) in rows if name not in KEPT_TABLES]
        with connection.transaction():
            connection.execute(
                sql.SQL("; ").join(sql.SQL("delete from {}").format(table) for table in tables)
            )
