"""``openanpr store``: the store on a server or a cluster of one's own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import psycopg
import typer

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="The store on a server or a cluster."
)
_DSN_HELP = "libpq connection string; OPENANPR_DATABASE_DSN when not given."


@app.command()
def prepare(
    *,
    dsn: Annotated[str, typer.Option(help="libpq connection string of a superuser.")],
) -> None:
    """Make the roles, the database and its extensions on a server, or on a whole cluster."""
    from openanpr.config.postgres.server import prepare_server
    from openanpr.config.values import get_settings

    with _plain_problems():
        workers = prepare_server(dsn, get_settings())
    where = f"a coordinator and {workers} workers" if workers else "one server"
    typer.echo(f"Prepared {where}. Next: openanpr migrate, with OPENANPR_DATABASE_DSN set.")


@app.command()
def distribute(*, dsn: Annotated[str | None, typer.Option(help=_DSN_HELP)] = None) -> None:
    """Spread the reads of this database over its Citus cluster, by mark. Done once."""
    if dsn is not None:
        os.environ["OPENANPR_DATABASE_DSN"] = dsn
    from openanpr.config.database import DatabaseRole
    from openanpr.config.database import dsn as dsn_of
    from openanpr.reads import distribution

    with (
        _plain_problems(),
        psycopg.connect(dsn_of(DatabaseRole.OWNER), autocommit=True) as connection,
    ):
        if not distribution.has_citus(connection):
            _refuse("This database has no Citus: `openanpr store prepare` makes one that has.")
        if distribution.is_distributed(connection):
            typer.echo("The reads are spread already; nothing was changed.")
            return
        if not distribution.worker_count(connection):
            _refuse("The cluster has no worker: add one with citus_add_node first.")
        with connection.transaction():
            for step in distribution.steps(distribution.policies_of_reads(connection)):
                typer.echo(step.sentence, err=True)
                connection.execute(step.sql.encode())
    typer.echo("The reads are spread by mark. docs/runbooks/distributed.md says what differs now.")


@contextmanager
def _plain_problems() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as problem:
        _refuse(f"The database refuses: {str(problem).splitlines()[0]}")


def _refuse(text: str) -> None:
    typer.echo(text, err=True)
    raise typer.Exit(1)
