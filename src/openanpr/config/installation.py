"""An installation's database, made ready: cluster, roles, schema, grants."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

import psycopg

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


def bring_up_to_date(settings: Settings, say: Callable[[str], None] = lambda _: None) -> None:
    """Migrate as the owner, then set every role's rights anew."""
    from django.core.management import call_command

    from openanpr.config.postgres.grants import apply_grants

    set_up_django("owner")
    say("Bringing the schema to this version")
    call_command("migrate", interactive=False, verbosity=0)
    with psycopg.connect(dsn(DatabaseRole.OWNER, settings), autocommit=True) as connection:
        apply_grants(connection)
