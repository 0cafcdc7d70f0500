"""``openanpr federation``: the line to the national centre, from both ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import psycopg
import typer

if TYPE_CHECKING:
    from openanpr.federation.comparing import Day

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="The line to the national centre."
)


@app.command()
def key() -> None:
    """Print the public half of this force's key, for the centre; it is made where there is none."""
    from openanpr.config.boot import set_up_django
    from openanpr.config.values import get_settings

    set_up_django("federation")
    from openanpr.federation.line import own_public_key

    typer.echo(own_public_key(get_settings()).hex())


@app.command()
def admit(
    *,
    code: Annotated[str, typer.Option(help="Code of the force, such as FX.")],
    name: Annotated[str, typer.Option(help="Its name.")],
    controller: Annotated[str, typer.Option(help="The controller of its reads.")],
    feed: Annotated[list[int], typer.Option(help="A feed number of its cameras; repeatable.")],
    public_key: Annotated[str, typer.Option(help="What `openanpr federation key` printed there.")],
) -> None:
    """At the centre: admit a force, and print the number of its line."""
    from django.core.exceptions import ValidationError

    from openanpr.audit.services import AuditActor
    from openanpr.config.boot import set_up_django
    from openanpr.config.installation import running_database

    set_up_django("owner")
    from openanpr.federation.services.admitting import admit_force

    try:
        raw = bytes.fromhex(public_key)
        with running_database(say=_say):
            link = admit_force(
                code=code,
                name=name,
                controller=controller,
                feed_ids=feed,
                public_key=raw,
                by=AuditActor.system("operator"),
                at=datetime.now(UTC),
            )
    except (ValueError, ValidationError) as problem:
        said = problem.messages[0] if isinstance(problem, ValidationError) else "no key in hex"
        typer.echo(f"Not admitted: {said}", err=True)
        raise typer.Exit(1) from None
    typer.echo(str(link.credential))


@app.command()
def status(
    *, days: Annotated[int, typer.Option(min=1, help="How many days of capture to show.")] = 7
) -> None:
    """Show what waits, the last receipt, and by day what was sent and what the centre holds."""
    from openanpr.federation import comparing

    with _connection() as connection:
        now = comparing.standing(connection)
        rows = comparing.days(connection, since=datetime.now(UTC).date() - timedelta(days=days))
    typer.echo(f"Waiting: {now.waiting} reads, {now.pictures} pictures")
    if now.oldest is not None:
        typer.echo(f"Oldest waits since {now.oldest:%Y-%m-%d %H:%M:%S} UTC")
    if now.receipt_at is not None:
        typer.echo(f"Last receipt {now.receipt_at:%Y-%m-%d %H:%M:%S} UTC")
    if now.problem:
        typer.echo(f"PROBLEM since {now.problem_since:%Y-%m-%d %H:%M:%S} UTC: {now.problem}")
    _print_days(rows)
    if now.problem or any(row.agrees is False for row in rows):
        raise typer.Exit(1)


@app.command()
def compare(
    *,
    day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day of capture (UTC); yesterday when not given."),
    ] = None,
) -> None:
    """Ask the centre what it holds of a day: sent N, held N. Exit code 1 where they differ."""
    from openanpr.capture.clock import ClockWatch
    from openanpr.capture.settings import SettingsProblem
    from openanpr.config.boot import set_up_django
    from openanpr.config.values import get_settings

    set_up_django("federation")
    from openanpr.federation import comparing
    from openanpr.federation.line import LineProblem, line_of

    at = datetime.now(UTC)
    wanted = (at - timedelta(days=1)).date() if day is None else day.date()
    try:
        link = line_of(get_settings()).open(ClockWatch())
        with _connection() as connection:
            row = comparing.compare(connection, link, day=wanted, at=at)
    except (LineProblem, SettingsProblem, comparing.NoAnswer) as problem:
        typer.echo(f"Not compared: {problem}", err=True)
        raise typer.Exit(1) from None
    _print_days([row])
    if not row.agrees:
        raise typer.Exit(1)


@app.command()
def resend(
    *,
    day: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="Day of capture (UTC).")],
    reason: Annotated[str, typer.Option(help="Why; it is kept in the audit.")],
) -> None:
    """Queue every stored read of a day to go up; the centre stores what it lacks."""
    from openanpr.federation import comparing

    with _connection() as connection:
        queued = comparing.queue_day(
            connection, day=day.date(), reason=reason, at=datetime.now(UTC)
        )
    if queued < 0:
        typer.echo(
            "Some reads of that day still wait to go up; try again when none does.", err=True
        )
        raise typer.Exit(1)
    typer.echo(f"{queued} reads queued.")


def _print_days(rows: "list[Day]") -> None:
    for row in rows:
        held = "not asked" if row.held is None else str(row.held)
        verdict = {None: "", True: "agrees", False: "DIFFERS"}[row.agrees]
        typer.echo(
            f"{row.day}  sent {row.sent:>9}  held {held:>9}  refused {row.refused:>6}  "
            f"gone {row.gone:>6}  {verdict}".rstrip()
        )


@contextmanager
def _connection() -> Iterator[psycopg.Connection[Any]]:
    from openanpr.config.boot import set_up_django
    from openanpr.config.database import DatabaseRole, dsn
    from openanpr.config.installation import running_database

    set_up_django("federation")
    try:
        with (
            running_database(say=_say),
            psycopg.connect(dsn(DatabaseRole.FEDERATION), autocommit=True) as connection,
        ):
            yield connection
    except (psycopg.Error, OSError) as problem:
        # By class alone: the text of a database error may quote a mark.
        typer.echo(f"The database does not answer: {type(problem).__name__}", err=True)
        raise typer.Exit(1) from None


def _say(text: str) -> None:
    typer.echo(text, err=True)
