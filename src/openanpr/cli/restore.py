"""``openanpr restore BACKUP``: bring a backup back into an empty installation."""

from pathlib import Path
from typing import Annotated

import psycopg
import typer

from openanpr.cli.told import told_progress

app = typer.Typer(add_completion=False)


@app.command()
def restore(
    backup: Annotated[Path, typer.Argument(metavar="BACKUP", help="One backup's folder.")],
    *,
    admin_dsn: Annotated[
        str | None,
        typer.Option(
            "--admin-dsn", help="On a server of your own: who may make everything (libpq)."
        ),
    ] = None,
    without_secrets: Annotated[
        bool,
        typer.Option("--without-secrets", help="Go on although secrets of the backup are missing."),
    ] = False,
) -> None:
    """Restore into this installation, which must be empty, and compare everything."""
    from openanpr.backups.manifest import BackupProblem
    from openanpr.config.postgres.binaries import NoServer
    from openanpr.config.postgres.cluster import ClusterProblem

    try:
        _restore(backup.resolve(), admin_dsn=admin_dsn, without_secrets=without_secrets)
    except (BackupProblem, NoServer, ClusterProblem) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None
    except (psycopg.Error, OSError) as problem:
        # By class alone: the text of a database error may quote a mark.
        typer.echo(f"Stopped: {type(problem).__name__}. Run the same command again.", err=True)
        raise typer.Exit(1) from None


def _restore(folder: Path, *, admin_dsn: str | None, without_secrets: bool) -> None:
    from openanpr.backups import restoring
    from openanpr.backups.manifest import BackupProblem, other_secrets
    from openanpr.backups.register import note_restored
    from openanpr.config.boot import set_up_django
    from openanpr.config.installation import bring_up_to_date, running_database
    from openanpr.config.postgres.roles import prepare_database
    from openanpr.config.values import get_settings
    from openanpr.web.clock import now

    settings = get_settings()
    manifest = restoring.begin(settings, folder)
    lacking = other_secrets(manifest, settings)
    if lacking and not without_secrets:
        raise BackupProblem(
            f"These secrets are missing here or are not the backup's: {', '.join(lacking)}. Put "
            f"the copy of the secrets into {settings.secrets_dir} first; without them pictures "
            "stay closed and everybody sets up their second factor anew (--without-secrets)."
        )
    set_up_django("owner")
    with running_database(say=_say) as cluster, told_progress() as told:
        if cluster is not None:
            prepare_database(cluster, settings)
        parts = restoring.parts_of(settings, admin_dsn=admin_dsn)
        if restoring.unfinished(settings) is None:
            restoring.refuse_unless_empty(settings, parts)
        else:
            _say("An unfinished restore is begun anew")
            restoring.empty_database(parts)
        restoring.note_begun(settings, manifest)
        restoring.restore_database(settings, folder, manifest, parts, told=told)
        restoring.restore_files(settings, folder, manifest, told=told)
        bring_up_to_date(settings, _say)
        note_restored(settings, manifest, place=str(folder), at=now())
        restoring.finish(settings)
    typer.echo(
        f"{sum(manifest.tables.values())} rows of {len(manifest.tables)} tables restored, as they "
        f"were on {manifest.made_at:%Y-%m-%d %H:%M} UTC; audit to row {manifest.audit_sequence}."
    )
    typer.echo("Now run `openanpr retention run` before users are let in.")


def _say(text: str) -> None:
    typer.echo(text, err=True)
