"""``openanpr backup DIR``: make a backup, prove one by restoring it, destroy what has expired."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir
from typing import Annotated, Any, Final

import psycopg
import typer
from typer.core import TyperGroup

from openanpr.cli.told import told_progress


class _MakeByDefault(TyperGroup):
    """`openanpr backup DIR` is short for `openanpr backup make DIR`."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            args = ["make", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_MakeByDefault,
    no_args_is_help=True,
    add_completion=False,
    help="Make a backup in DIR (short for `make DIR`), verify one, or destroy expired ones.",
)
_SCRATCH: Final = Path(gettempdir())
Into = Annotated[Path, typer.Argument(metavar="DIR", help="The folder that holds the backups.")]


@app.command()
def make(
    into: Into,
    *,
    without_pictures: Annotated[
        bool, typer.Option("--without-pictures", help="Leave the pictures to another backup.")
    ] = False,
) -> None:
    """Make a backup in a new folder under DIR while everything goes on running."""
    from openanpr.backups.making import make_backup
    from openanpr.config.values import get_settings
    from openanpr.web.clock import now

    settings = get_settings()
    with _database(), told_progress() as told:
        made = make_backup(
            settings, into.resolve(), with_pictures=not without_pictures, at=now(), told=told
        )
    pictures = made.manifest.pictures
    typer.echo(str(made.folder))
    typer.echo(
        f"{sum(made.manifest.tables.values())} rows of {len(made.manifest.tables)} tables; audit "
        f"to row {made.manifest.audit_sequence}; manifest {made.digest}"
    )
    typer.echo(
        {
            "copied": f"{pictures.files} pictures copied.",
            "bucket": f"Pictures stay in the bucket {pictures.place}; back that up by itself.",
            "left-out": f"Pictures in {pictures.place} were left out.",
        }[pictures.where]
    )
    typer.echo(f"Expires {made.manifest.expires_at:%Y-%m-%d}. The secrets are not in it.")


@app.command()
def verify(
    backup: Annotated[Path, typer.Argument(metavar="BACKUP", help="One backup's folder.")],
    *,
    scratch: Annotated[
        Path, typer.Option("--scratch", help="Where there is room for the restored database.")
    ] = _SCRATCH,
) -> None:
    """Restore it into a scratch cluster and compare every count, the audit and the pictures."""
    from openanpr.backups.verifying import verify_backup
    from openanpr.config.boot import set_up_django
    from openanpr.config.values import get_settings

    set_up_django("retention")
    with _problems(), told_progress() as told:
        found = verify_backup(get_settings(), backup.resolve(), scratch=scratch, told=told)
    manifest = found.manifest
    typer.echo(
        f"{sum(manifest.tables.values())} rows of {len(manifest.tables)} tables restored, all equal"
    )
    typer.echo(
        f"Audit: {found.chain.rows} rows checked, "
        + ("the chain is whole" if found.chain.whole else f"BROKEN: {found.chain.broken}")
    )
    typer.echo(
        f"Pictures: {found.pictures} opened, {found.missing} missing, {found.unreadable} unreadable"
        if manifest.pictures.where == "copied"
        else f"Pictures: not in this backup ({manifest.pictures.where} {manifest.pictures.place})"
    )
    typer.echo("Signed by this installation" if found.signed else "NOT SIGNED by this installation")
    if found.other_secrets:
        typer.echo(f"SECRETS that are not the backup's: {', '.join(found.other_secrets)}", err=True)
    if not found.whole:
        raise typer.Exit(1)
    typer.echo("This backup can be restored.")


@app.command()
def expire(into: Into) -> None:
    """Destroy the backups under DIR that are past their date, each with a signed certificate."""
    from openanpr.backups.expiring import expire as expire_backups
    from openanpr.config.values import get_settings
    from openanpr.web.clock import now

    with _database():
        written = expire_backups(get_settings(), into.resolve(), at=now())
    for path in written:
        typer.echo(f"destroyed; certificate {path}")
    if not written:
        typer.echo("Nothing has expired.")


@app.command(name="list")
def list_backups(into: Into) -> None:
    """Name the finished backups under DIR with their dates."""
    from openanpr.backups.expiring import standing

    with _problems():
        for path, manifest in standing(into.resolve()):
            typer.echo(
                f"{path.name}  made {manifest.made_at:%Y-%m-%d %H:%M} UTC, expires "
                f"{manifest.expires_at:%Y-%m-%d}, {sum(manifest.tables.values())} rows"
            )


@contextmanager
def _database() -> Iterator[None]:
    from openanpr.config.boot import set_up_django
    from openanpr.config.installation import running_database

    set_up_django("retention")
    with _problems(), running_database(say=lambda text: typer.echo(text, err=True)):
        yield


@contextmanager
def _problems() -> Iterator[None]:
    from openanpr.backups.manifest import BackupProblem
    from openanpr.config.postgres.binaries import NoServer
    from openanpr.config.postgres.cluster import ClusterProblem

    try:
        yield
    except (BackupProblem, NoServer, ClusterProblem) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None
    except OSError as problem:
        typer.echo(f"Stopped: {problem.strerror or problem}. {problem.filename or ''}", err=True)
        raise typer.Exit(1) from None
    except psycopg.Error as problem:
        # By class alone: the text of a database error may quote a mark.
        typer.echo(f"Stopped by the database: {type(problem).__name__}", err=True)
        raise typer.Exit(1) from None
