"""``openanpr bench ingest``: durable reads a second through HTTP, in a scratch installation."""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

app = typer.Typer(name="ingest", rich_markup_mode=None, add_completion=False)
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
def ingest(
    seconds: Annotated[float, typer.Option(min=1, help="How long to deliver.")] = 20,
    clients: Annotated[int, typer.Option(min=1, help="Readers that deliver at once.")] = 8,
    batch: Annotated[int, typer.Option(min=1, max=100, help="Reads in a batch.")] = 100,
    list_size: Annotated[int, typer.Option(min=0, help="Listed marks to match against.")] = 100_000,
    folder: Annotated[
        Path | None, typer.Option(help="Where the scratch installation goes (default: /tmp).")
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
) -> None:
    """Deliver reads to a real ingest process over loopback, each answer after its commit.

    Everything, database included, runs on this machine in a folder that is removed afterwards; no
    installation is touched. Refuses to report where the database does not write through to disk.
    """
    with _scratch(folder):
        from openanpr.cli.bench_ingest_measuring import BenchRefused, measure

        try:
            figures = measure(
                seconds=seconds,
                clients=clients,
                batch=batch,
                list_size=list_size,
                say=console.print,
            )
        except BenchRefused as problem:
            console.print(f"No figures: {problem}", style="red")
            raise typer.Exit(1) from None
    _print(figures, output)


def _print(figures: dict[str, Any], output: Format) -> None:
    if output is Format.JSON:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    width = max(map(len, figures))
    for name, value in figures.items():
        sys.stdout.write(f"{name:<{width}}  {value}\n")


@contextmanager
def _scratch(folder: Path | None) -> Iterator[None]:
    """Settings of an installation of its own, gone when the block ends."""
    scratch = Path(tempfile.mkdtemp(prefix="openanpr-bench-", dir=folder))
    scratch.chmod(0o711)  # the database's own user passes through
    for name in _OF_ANOTHER_INSTALLATION:
        os.environ.pop(name, None)
    os.environ["OPENANPR_DATA_DIR"] = str(scratch / "data")
    try:
        yield
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
