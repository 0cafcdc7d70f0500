"""An installation's database, made ready: cluster, roles, schema, grants."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Final

import psycopg
from psycopg.errors import LockNotAvailable

from openanpr.config.boot import set_up_django
from openanpr.config.database import DatabaseRole, dsn
from openanpr.config.postgres.cluster import Cluster
from openanpr.config.postgres.roles import prepare_database
from openanpr.config.values import Settings, get_settings


@contextmanager
def running_database(say: Callable[[str], None] = lambda _: None) -> Iterator[Cluster | None]:
    """The database answers while the block lasts. Embedded: started if down, stopped after."""
    settings = get_settings()
    if settings.database_dsn is not None:
        with nullcontext():
            yield None
        return
    cluster = Cluster(settings)
    with cluster.in_use(say):
        yield cluster


@contextmanager
def prepared_database(say: Callable[[str], None] = lambda _: None) -> Iterator[Cluster | None]:
    """As :func:`running_database`, with roles, schema and grants of this version."""
    settings = get_settings()
    with running_database(say) as cluster:
        if cluster is not None:
            prepare_database(cluster, settings)
        bring_up_to_date(settings, say)
        yield cluster


# A change that waits for a lock makes everybody behind it wait: give up soon, and come again.
_LOCK_TIMEOUT: Final = "5s"
# A change of a large table that needs longer sets its own (`set local statement_timeout`).
_STATEMENT_TIMEOUT: Final = "15min"
_ATTEMPTS: Final = 5
_PAUSE_S: Final = 3.0


def bring_up_to_date(settings: Settings, say: Callable[[str], None] = lambda _: None) -> None:
    """Migrate as the owner, then set every role's rights anew; other processes may go on.

    Raises django.db.OperationalError where a lock could not be had for five attempts: what was
    done until then stands, and another call goes on from there.
    """
    from openanpr.config.postgres.grants import apply_grants

    set_up_django("owner")
    say("Bringing the schema to this version")
    _migrate(say)
    with psycopg.connect(dsn(DatabaseRole.OWNER, settings), autocommit=True) as connection:
        apply_grants(connection)


def _migrate(say: Callable[[str], None]) -> None:
    from django.core.management import call_command
    from django.db import OperationalError

    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with _limited():
                call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as error:
            if attempt == _ATTEMPTS or not isinstance(error.__cause__, LockNotAvailable):
                raise
            say(f"A table is in use; trying again in {_PAUSE_S:g} s")
            time.sleep(_PAUSE_S)
        else:
            return


@contextmanager
def _limited() -> Iterator[None]:
    """The owner's connection waits for no lock and no statement longer than it may."""
    from django.db import connection

    limits = {"lock_timeout": _LOCK_TIMEOUT, "statement_timeout": _STATEMENT_TIMEOUT}
    with connection.cursor() as cursor:
        for name, value in limits.items():
            cursor.execute("select set_config(%s, %s, false)", [name, value])
    try:
        yield
    finally:
        connection.close()
