"""``openanpr bench crash``: is anything lost or doubled when processes are killed under load?"""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from openanpr.cli.bench_scratch import Format, scratch_installation

app = typer.Typer(name="crash", rich_markup_mode=None, add_completion=False)
console = Console(stderr=True, highlight=False)


@app.command()
def crash(
    kills: Annotated[int, typer.Option(min=1, help="How often to kill.")] = 12,
    clients: Annotated[int, typer.Option(min=1, help="Readers that deliver at once.")] = 4,
    batch: Annotated[int, typer.Option(min=2, max=100, help="Reads in a batch.")] = 50,
    seed: Annotated[int, typer.Option(help="Chooses the moments of the kills.")] = 1,
    folder: Annotated[
        Path | None, typer.Option(help="Where the scratch installation goes (default: /tmp).")
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
) -> None:
    """Kill the database, ingest and both in turn (SIGKILL) while readers deliver.

    Each acknowledged id is synced to disk by a process that is never killed, and at the end looked
    for in the store. Ends with 1 if one is lost or stored twice. A killed process is not a power
    cut: what the disk itself does with a sync is not tested.
    """
    with scratch_installation(folder):
        from openanpr.cli.bench_crash_running import crash as run
        from openanpr.cli.bench_ingest_process import BenchRefused

        try:
            figures = run(kills=kills, clients=clients, batch=batch, seed=seed, say=console.print)
        except BenchRefused as problem:
            console.print(f"No figures: {problem}", style="red")
            raise typer.Exit(1) from None
    if output is Format.JSON:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        sys.stdout.writelines(f"{name:<12}  {value}\n" for name, value in figures.items())
    if figures["lost"] or figures["duplicated"]:
        raise typer.Exit(1)
