"""``openanpr retention``: remove what is past its limit, print the certificates, prove it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import psycopg
import typer

if TYPE_CHECKING:
    from openanpr.retention.run import Stores

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Remove what is past its limit, and prove it."
)


@app.command()
def run() -> None:
    """Remove everything past its limit now. Safe to repeat, and to stop at any moment."""
    from openanpr.config.retention import run_once
    from openanpr.retention.run import AlreadyRunningError

    try:
        with _database():
            removed = run_once()
    except AlreadyRunningError as problem:
        typer.echo(f"Nothing done: {problem}.", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"Limit: reads captured before {removed.limit:%Y-%m-%d %H:%M:%S} UTC")
    for store, rows in removed.rows.items():
        typer.echo(f"{store:24} {rows:>12}")
    for name in removed.partitions:
        typer.echo(f"dropped {name}")
    typer.echo(
        f"Certificate {removed.certificate}"
        if removed.certificate
        else "Nothing was past its limit."
    )
    if removed.left:
        typer.echo(f"Busy, left to the next run: {', '.join(sorted(set(removed.left)))}", err=True)
        raise typer.Exit(1)


@app.command()
def certificates(
    *,
    newest: Annotated[int, typer.Option("--newest", min=1, help="How many, newest first.")] = 10,
    full: Annotated[bool, typer.Option("--full", help="Every day and camera.")] = False,
) -> None:
    """Print the deletion certificates, each checked. Exit code 1 where one does not hold."""
    from openanpr.retention.certificates import certificates as stored
    from openanpr.retention.certificates import public_bytes, total

    with _stores() as stores:
        found = stored(stores.connection, key=stores.key, newest=newest)
        typer.echo(f"Public key (Ed25519): {public_bytes(stores.key).hex()}")
    for one in found:
        answer = "holds" if one.holds else "DOES NOT HOLD"
        typer.echo(
            f"{one.made_at:%Y-%m-%d %H:%M:%S} UTC  {one.id}  {total(one)} rows, limit "
            f"{one.body['limit']}, audit row {one.audit_sequence}: signature {answer}"
        )
        for hold in one.body.get("held", ()):
            typer.echo(
                f"    held: {hold['reads']} reads for {hold['investigation']}, "
                f"{hold['ground']}, review due {hold['review_at'][:10]}"
            )
        if full:
            for store, days in one.body["counts"].items():
                for day, cameras in days.items():
                    for camera, rows in cameras.items():
                        typer.echo(f"    {store:20} {day}  camera {camera:>6} {rows:>10}")
    if not all(one.holds for one in found):
        raise typer.Exit(1)


@app.command()
def prove(
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Count from the limit itself, without the 24 hours.")
    ] = False,
) -> None:
    """Count what is older than its limit in every store. Exit code 1 where anything is."""
    from openanpr.config.retention import backups_once, prove_once
    from openanpr.config.values import get_settings

    with _database():
        answers = prove_once(strict=strict)
        backups, first = backups_once()
    for answer in answers:
        count = "-" if answer.overdue is None else str(answer.overdue)
        typer.echo(f"{answer.rule.store:24} {count:>10}  {answer.rule.sentence}")
    typer.echo(f"Backups expire {get_settings().backup_days} days after they were made.")
    if first is not None:
        typer.echo(
            f"{backups} {'backup stands' if backups == 1 else 'backups stand'}; the first expires "
            f"{first:%Y-%m-%d}."
        )
    if any(answer.overdue for answer in answers):
        typer.echo("OVERDUE: something is older than its limit; run `openanpr retention run`.")
        raise typer.Exit(1)
    typer.echo("Nothing is older than its limit.")


@contextmanager
def _stores() -> Iterator["Stores"]:
    from openanpr.config.retention import opened_stores

    with _database(), opened_stores() as stores:
        yield stores


@contextmanager
def _database() -> Iterator[None]:
    from openanpr.config.boot import set_up_django
    from openanpr.config.installation import running_database

    set_up_django("retention")
    try:
        with running_database(say=lambda text: typer.echo(text, err=True)):
            yield
    except LookupError as problem:  # no profile, or one that is not what was approved
        typer.echo(f"Retention cannot go on: {problem}", err=True)
        raise typer.Exit(1) from None
    except (psycopg.Error, OSError) as problem:
        # By class alone: the text of a database error may quote a mark.
        typer.echo(f"Retention cannot go on: {type(problem).__name__}", err=True)
        raise typer.Exit(1) from None
