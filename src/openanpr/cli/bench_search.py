"""``openanpr bench search``: how long searches of a large store take, while reads come in."""

import json
import os
import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

app = typer.Typer(name="search", rich_markup_mode=None, add_completion=False)
console = Console(stderr=True, highlight=False)

_OF_ANOTHER_INSTALLATION = (
    "OPENANPR_DATABASE_DSN",
    "OPENANPR_SECRETS_DIR",
    "OPENANPR_DEMO",
    "DJANGO_SETTINGS_MODULE",
)


class Format(StrEnum):
    """How the result is printed."""

    TEXT = "text"
    JSON = "json"


@app.command()
def search(
    reads: Annotated[int, typer.Option(min=10_000, help="Reads in the store.")] = 2_000_000,
    rounds: Annotated[int, typer.Option(min=5, help="Questions of each kind.")] = 60,
    incoming: Annotated[
        int, typer.Option(min=0, help="Reads a second that ingest stores meanwhile.")
    ] = 2_000,
    folder: Annotated[
        Path | None,
        typer.Option(help="Where the store is kept for the next run (default: the data folder)."),
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Remove the store afterwards.")] = False,
    output: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
) -> None:
    """Build a store of made-up traffic, then ask it questions of every kind.

    The store has a database of its own and is kept, so that the next run begins where this one
    ended, also where it was stopped while building. No installation's reads are touched. Each
    question is asked twice, and the second, warm time counts.
    """
    place = (folder or Path(os.environ.get("OPENANPR_DATA_DIR", "data"))) / f"bench-search-{reads}"
    _point_at(place)
    from openanpr.cli.bench_search_measuring import measure

    try:
        figures = measure(reads=reads, rounds=rounds, incoming=incoming, console=console)
    finally:
        if remove:
            shutil.rmtree(place, ignore_errors=True)
    _print({"reads": reads, **figures}, output)


def _point_at(place: Path) -> None:
    """Make everything that follows use the store's own data folder."""
    for name in _OF_ANOTHER_INSTALLATION:
        os.environ.pop(name, None)
    place = place.resolve()
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o711)  # the database's own user passes through
    os.environ["OPENANPR_DATA_DIR"] = str(place)


def _print(figures: dict[str, Any], output: Format) -> None:
    if output is Format.JSON:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    sys.stdout.write(f"{figures.pop('reads'):,} reads; warm, in milliseconds\n")
    for name, times in figures.items():
        line = f"median {times['p50_ms']:8.1f}   95 of 100 within {times['p95_ms']:8.1f}"
        sys.stdout.write(f"{name:<12}{line}\n")
