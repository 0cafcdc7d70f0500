"""``openanpr audit``: check the chain in the database, and write it out for others to check."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import psycopg
import typer

from openanpr.audit.chain import Link, Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from openanpr.audit.roots import Root

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
        at = now()
        verdict = export_audit(
            connection_string, target, redacted=redacted, at=at, sign=None if dsn else _signer(at)
        )
    _report(verdict)


@app.command()
def roots(
    *,
    newest: Annotated[int, typer.Option("--newest", min=1, help="How many, newest first.")] = 24,
    sign: Annotated[bool, typer.Option("--sign", help="Sign the end of the chain first.")] = False,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="Write the newest root to a new file, to keep elsewhere."),
    ] = None,
) -> None:
    """Print the signed roots and the key, to be kept outside. Exit code 1 where one is false."""
    with _database(None):
        found = _roots(newest, sign=sign)
    for root in found:
        answer = "holds" if root.holds() else "DOES NOT HOLD"
        typer.echo(f"{root.sequence}:{root.hash.hex()}")
        typer.echo(f"    {root.made_at:%Y-%m-%d %H:%M:%S} UTC, key {root.public_key.hex()}")
        typer.echo(f"    signature {root.signature.hex()} {answer}")
    if not found:
        typer.echo("No root has been signed yet; --sign makes one.")
    elif file is not None:
        _write_new(file, found[0].json() + "\n")
    if not all(root.holds() for root in found):
        raise typer.Exit(1)


def _roots(newest: int, *, sign: bool) -> "list[Root]":
    from openanpr.audit.root_store import newest_roots, sign_now
    from openanpr.audit.roots import SECRET, signing_key
    from openanpr.config.boot import set_up_django
    from openanpr.config.values import secret
    from openanpr.web.clock import now

    set_up_django("worker")
    if sign:
        sign_now(key=signing_key(secret(SECRET)), at=now())
    return newest_roots(newest)


def _signer(at: "datetime") -> "Callable[[Link], Root]":
    from openanpr.audit.roots import SECRET, sign, signing_key
    from openanpr.config.values import secret

    key = signing_key(secret(SECRET))
    return lambda link: sign(link, key=key, at=at)


def _write_new(file: Path, text: str) -> None:
    try:
        with file.open("x", encoding="utf-8") as target:
            target.write(text)
    except OSError as problem:
        typer.echo(f"{file}: {problem.strerror}", err=True)
        raise typer.Exit(2) from None


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
