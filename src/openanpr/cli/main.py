"""The ``openanpr`` command: each sub-command's module is imported only when it is used."""

import sys
from typing import Any, Final

import typer

from openanpr import __version__
from openanpr.cli.lazy import lazy_app

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "read": ("openanpr.cli.read", "Read the plates in photographs, folders and films."),
    "detect": ("openanpr.cli.detect", "Find the plates in pictures without reading them."),
    "models": ("openanpr.cli.models", "Sign the reader's models and check their signature."),
    "policy": ("openanpr.cli.policy", "Ask the access policy a question."),
    "audit": ("openanpr.cli.audit", "Verify and export the audit chain."),
    "retention": ("openanpr.cli.retention", "Remove what is past its limit, and prove it."),
    "backup": ("openanpr.cli.backup", "Make, verify and expire backups."),
    "restore": ("openanpr.cli.restore", "Bring a backup back into an empty installation."),
    "images": ("openanpr.cli.images", "Change the key of stored pictures."),
    "federation": ("openanpr.cli.federation", "The line to the national centre."),
    "bench": ("openanpr.cli.bench", "Measure this installation."),
    "roadside": ("openanpr.cli.roadside", "Run a roadside or in-vehicle agent."),
    "serve": ("openanpr.cli.serve", "Run every process of the back office."),
    "found": ("openanpr.cli.found", "Found a real installation: force, profile, first people."),
    "store": ("openanpr.cli.store", "The store on a server or a cluster of one's own."),
    "health": ("openanpr.cli.health", "How this installation fares, and what to do."),
    "migrate": ("openanpr.cli.migrate", "Bring the database to this version."),
    "demo": ("openanpr.cli.demo", "Demonstration data and log-ins."),
}

app = lazy_app(COMMANDS)


def _print_version(value: bool) -> None:
    if value:
        sys.stdout.write(f"openanpr {__version__}\n")
        raise typer.Exit


@app.callback()  # type: ignore[untyped-decorator]
def openanpr(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """OpenANPR: automatic number plate recognition with enforced authority."""


def main(arguments: list[str] | None = None) -> Any:
    """Entry point of the ``openanpr`` script."""
    return app(arguments)
