"""``openanpr found``: the first act of a real installation."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console

from openanpr.config.values import Settings, get_settings

if TYPE_CHECKING:
    from openanpr.accounts.services.founding import Founded

app = typer.Typer(add_completion=False)
_console = Console(stderr=True, highlight=False)


@app.command()
def found(
    *,
    code: Annotated[str, typer.Option(prompt="Short code of the force (such as FX)")],
    name: Annotated[str, typer.Option(prompt="Name of the force")],
    unit: Annotated[str, typer.Option(prompt="Unit of the first two people")],
    first: Annotated[
        str,
        typer.Option(
            prompt="System manager (user name, staff number, full name)",
            metavar="USER,NUMBER,NAME",
            help="Proposes the profile and manages accounts.",
        ),
    ],
    second: Annotated[
        str,
        typer.Option(
            prompt="Data protection officer (user name, staff number, full name)",
            metavar="USER,NUMBER,NAME",
            help="Confirms the profile, and later changes of it.",
        ),
    ],
    profile: Annotated[
        str | None,
        typer.Option(help="A shipped profile or the path of a TOML file; else OPENANPR_PROFILE."),
    ] = None,
) -> None:
    """Found this installation: a force, a profile put in force by two people, their first links.

    Done once. Everything is audited; the two one-time links are printed and kept nowhere.
    """
    from openanpr.config.installation import prepared_database
    from openanpr.config.postgres.binaries import NoServer
    from openanpr.config.postgres.cluster import ClusterProblem
    from openanpr.demo.guard import MARKER, demo_folder

    settings = get_settings()
    if (demo_folder(settings) / MARKER).exists():
        _refuse(f"{settings.data_dir} holds a demonstration; set OPENANPR_DATA_DIR to another.")
    given = (_person(first, "--first"), _person(second, "--second"))
    source, toml = _profile(profile or settings.profile)
    try:
        with prepared_database(say=_console.print):
            _found(settings, code.strip(), name.strip(), unit.strip(), given, source, toml)
    except (NoServer, ClusterProblem) as problem:
        _refuse(str(problem))


def _found(
    settings: Settings,
    code: str,
    name: str,
    unit: str,
    given: tuple[list[str], list[str]],
    source: str,
    toml: str,
) -> None:
    from django.core.exceptions import ValidationError

    from openanpr.access.vocabulary import Role
    from openanpr.accounts.services import founding
    from openanpr.web.clock import now

    roles = (Role.SYSTEM_MANAGER, Role.DATA_PROTECTION_OFFICER)
    manager, officer = (
        founding.FirstPerson(username=user, person_id=number, full_name=called, role=role)
        for (user, number, called), role in zip(given, roles, strict=True)
    )
    try:
        done = founding.found(
            code=code,
            name=name,
            unit=unit,
            people=(manager, officer),
            profile_toml=toml,
            profile_source=source,
            at=now(),
        )
    except founding.AlreadyFoundedError:
        _refuse("This installation was founded already. Its system manager adds people and units.")
    except founding.OnePersonTwiceError:
        _refuse("The first two people must be two persons, with two staff numbers.")
    except ValidationError as problem:
        _refuse(" ".join(problem.messages))
    _tell(settings, name, done)


def _tell(settings: Settings, name: str, done: "Founded") -> None:
    from openanpr.accounts.services.enrolment import LASTS

    hours = int(LASTS.total_seconds()) // 3600
    _console.print(f"{name} is founded, under the profile {done.profile}.", markup=False)
    _console.print(f"One-time links, good for {hours} hours. They are shown only now.")
    for username, code in done.codes.items():
        sys.stdout.write(f"{username}  {settings.web_origin}/account/enrol/?code={code}\n")
    _console.print("Start it with `openanpr serve`, then give each link to its person.")


def _person(text: str, option: str) -> list[str]:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 3 or not all(parts):
        _refuse(f"{option}: give user name, staff number and full name with commas between.")
    return parts


def _profile(name_or_path: str) -> tuple[str, str]:
    from openanpr.access.profiles import ProfileError, load_profile, shipped_names, shipped_toml

    try:
        load_profile(name_or_path)
        if name_or_path in shipped_names():
            return name_or_path, shipped_toml(name_or_path)
        return name_or_path, Path(name_or_path).read_text(encoding="utf-8")
    except (ProfileError, OSError) as problem:
        _refuse(str(problem))


def _refuse(text: str) -> NoReturn:
    _console.print(text, style="bold red", markup=False)
    raise typer.Exit(1)
