"""``openanpr health``: what the page of health says, on the machine itself."""

from enum import StrEnum
from typing import Annotated

import msgspec
import typer

app = typer.Typer(add_completion=False)


class Format(StrEnum):
    """How the findings are printed."""

    TEXT = "text"
    JSON = "json"


@app.command()
def health(
    output: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
) -> None:
    """Say how the installation fares and what to do. Ends with 1 where something must be done now.

    Needs no page and no sign-in, so it works when the database does not answer.
    """
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openanpr.config.settings.web")
    import django

    django.setup()
    from openanpr.config.values import get_settings
    from openanpr.operations.findings import Grade, findings_of
    from openanpr.operations.looking import looked_up
    from openanpr.web.clock import now

    at = now()
    found = findings_of(looked_up(get_settings(), at=at), at=at)
    if output is Format.JSON:
        told = [
            {
                "name": one.name,
                "grade": one.grade.name.lower(),
                "sentence": one.sentence,
                "todo": one.todo,
            }
            for one in found
        ]
        typer.echo(msgspec.json.encode(told).decode())
    else:
        for one in found:
            typer.echo(f"{one.grade.name.lower():5} {one.name}: {one.sentence}")
            if one.todo:
                typer.echo(f"      {one.todo}")
    if any(one.grade is Grade.ACT for one in found):
        raise typer.Exit(1)
