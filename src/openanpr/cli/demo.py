"""``openanpr demo``: the demonstration's data and log-ins."""

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from openanpr.config.values import Settings, get_settings

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Demonstration data and log-ins."
)


@app.command()
def seed() -> None:
    """Fill this installation with the fictional force; again changes nothing.

    Refused where a database is configured, or where the data folder was not made by `make run`.
    """
    from openanpr.config.installation import prepared_database
    from openanpr.config.postgres.cluster import ClusterProblem
    from openanpr.demo.guard import claim_data_folder

    console = Console(stderr=True, highlight=False)
    settings = get_settings()
    try:
        claim_data_folder(settings)
        with prepared_database(say=console.print):
            from openanpr.demo.seed import seed as seed_all

            done = seed_all(settings)
    except ClusterProblem as problem:
        console.print(f"Cannot seed: {problem}", style="bold red", markup=False)
        raise typer.Exit(1) from None
    console.print(
        f"{done.people} accounts, {done.entries} vehicles on lists, {done.cameras} cameras."
    )


@app.command()
def logins() -> None:
    """Print every log-in of the demonstration with its present code."""
    from openanpr.demo.logins import read_logins
    from openanpr.demo.welcome import print_logins

    settings = _settings_of_demo()
    console = Console(highlight=False)
    if not read_logins(settings):
        Console(stderr=True).print("There are no log-ins yet: `make run` makes them.")
        raise typer.Exit(1)
    print_logins(settings, at=datetime.now(UTC), console=console)


@app.command()
def code(
    username: Annotated[str, typer.Argument(help="A user name of the demonstration.")],
) -> None:
    """Print the code that the account's authenticator shows now."""
    from openanpr.demo.logins import code_of, read_logins

    login = read_logins(_settings_of_demo()).get(username)
    if login is None:
        Console(stderr=True).print(f"Nobody in the demonstration is called {username}.")
        raise typer.Exit(1)
    shown = code_of(login, at=datetime.now(UTC))
    sys.stdout.write(f"{shown.digits}\n")
    Console(stderr=True, highlight=False).print(f"good for {shown.seconds_left} s")


def _settings_of_demo() -> Settings:
    from openanpr.demo.guard import DemoRefused, require_demo

    settings = get_settings()
    try:
        require_demo(settings)
    except DemoRefused as problem:
        Console(stderr=True, highlight=False).print(str(problem), style="bold red", markup=False)
        raise typer.Exit(1) from None
    return settings
