"""``openanpr bench ingest``: durable reads a second through HTTP, in a scratch installation."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from openanpr.cli.bench_scratch import Format, scratch_installation

app = typer.Typer(name="ingest", rich_markup_mode=None, add_completion=False)
console = Console(stderr=True, highlight=False)


@app.command()
def ingest(
    seconds: Annotated[float, typer.Option(min=1, help="How long to deliver.")] = 20,
    clients: Annotated[int, typer.Option(min=1, help="Readers that deliver at once.")] = 8,
    batch: Annotated[int, typer.Option(min=1, max=100, help="Reads in a batch.")] = 100,
    list_size: Annotated[
        int, typer.Option("--listed", "--list-size", min=0, help="Listed marks to match against.")
    ] = 3_000_000,
    folder: Annotated[
        Path | None, typer.Option(help="Where the scratch installation goes (default: /tmp).")
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
) -> None:
    """Deliver reads to a real ingest process over loopback, each answer after its commit.

    Everything, database included, runs on this machine in a folder that is removed afterwards; no
    installation is touched. Refuses to report where the database does not write through to disk.
    """
    with scratch_installation(folder):
        from openanpr.cli.bench_ingest_measuring import measure
        from openanpr.cli.bench_ingest_process import BenchRefused

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
