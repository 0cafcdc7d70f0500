"""``openanpr audit``: check the chain in the database, and write it out for others to check."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import psycopg
import typer

from openanpr.audit.chain import Link, Verdict

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Verify and export the audit.")

Dsn = Annotated[
    str | None,
    typer.Option("--dsn", help="Connect here (libpq) and not to this installation's database."),
]


@app.command()
def verify(
    *,
    dsn: Dsn = None,
    known: Annotated[
        str | None,
        typer.Option(
            "--known",
            metavar="ROW:HASH",
            help="A row number and its hash that were written down outside the database.",
        ),
    ] = None,
) -> None:
    """Check every row of the audit chain. Exit code 1 names the first broken row."""
    from openanpr.audit.stored import verify as verify_stored

    link = _link(known) if known else None
    with _database(dsn) as connection_string:
        verdict = verify_stored(connection_string, known=link)
    _report(verdict)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file; never overwritten.")],
    *,
    redacted: Annotated[
        bool, typer.Option("--redacted", help="Leave out names, marks and reasons.")
    ] = False,
    dsn: Dsn = None,
) -> None:
    """Write the whole audit as JSON lines, which verify/audit_check.py checks without OpenANPR."""
    from openanpr.audit.disclosure import export_audit
    from openanpr.web.clock import now

    try:
        target = file.open("x", encoding="utf-8")
    except OSError as problem:
        typer.echo(f"{file}: {problem.strerror}", err=True)
        raise typer.Exit(2) from None
    with target, _database(dsn) as connection_string:
        file.chmod(0o600)
        verdict = export_audit(connection_string, target, redacted=redacted, at=now())
    _report(verdict)


@contextmanager
def _database(given: str | None) -> Iterator[str]:
    try:
        with _connection_string(given) as connection_string:
            yield connection_string
    except (psycopg.Error, LookupError) as problem:
        typer.echo(f"The audit cannot be read to its end: {problem}", err=True)
        raise typer.Exit(1) from None


@contextmanager
def _connection_string(given: str | None) -> Iterator[str]:
    if given is not None:
        yield given
        return
    from openanpr.config.database import DatabaseRole, dsn
    from openanpr.config.installation import running_database

    with running_database(say=lambda text: typer.echo(text, err=True)):
        yield dsn(DatabaseRole.WEB)


def _link(text: str) -> Link:
    number, colon, digest = text.partition(":")
    try:
        link = Link(int(number), bytes.fromhex(digest))
    except ValueError:
        link = Link(0, b"")
    if not colon or link.sequence < 1 or len(link.hash) != 32:
        raise typer.BadParameter("give a row number, a colon and 64 hexadecimal digits")
    return link


def _report(verdict: Verdict) -> None:
    typer.echo(f"{verdict.rows} rows checked, head {verdict.head.hash.hex()}")
    if verdict.broken is not None:
        typer.echo(f"BROKEN: {verdict.broken}")
        raise typer.Exit(1)
    typer.echo("The chain is whole.")
