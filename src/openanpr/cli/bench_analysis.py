"""``openanpr bench analysis``: how much of what was planted is found, and what else is said."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from openanpr.cli.bench_scratch import Format, scratch_installation

app = typer.Typer(name="analysis", rich_markup_mode=None, add_completion=False)
console = Console(stderr=True, highlight=False)


@app.command()
def analysis(
    reads: Annotated[int, typer.Option(min=10_000, help="Reads of normal traffic.")] = 500_000,
    commuters: Annotated[int, typer.Option(min=5, help="Commuters asked about beside.")] = 100,
    cases: Annotated[int, typer.Option(min=2, help="Cases of each kind that are planted.")] = 10,
    folder: Annotated[
        Path | None, typer.Option(help="Where the scratch store goes (default: /tmp).")
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
) -> None:
    """Make a county of commuters, plant company, scene visits and second plates, and look for them.

    Everything is looked for as the product does, in a store that is removed afterwards. Precision
    is the share of what is called strong or moderate that was planted; recall the share of what was
    planted that is called so.
    """
    with scratch_installation(folder):
        from openanpr.cli.bench_analysis_measuring import measure

        figures = measure(reads=reads, commuters=commuters, cases=cases, console=console)
    _print(figures, output)


def _print(figures: dict[str, Any], output: Format) -> None:
    if output is Format.JSON:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    for name, value in figures.items():
        if not isinstance(value, dict):
            sys.stdout.write(f"{name:<24}{value}\n")
            continue
        for inner, told in value.items():
            sys.stdout.write(f"{name + ' ' + inner:<40}{told}\n")
