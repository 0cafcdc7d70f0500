"""``openanpr bench read``: how well and how fast the reader reads pictures whose plates are known.

The folder holds the pictures and `truth.csv`: `image,plate,x,y,w,h`, one line a plate (a box that
is the whole picture marks a plate already cut out), or `clip,plates`, one line a film.
"""

import json
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from openanpr.cli.bench_read_measuring import Bench
from openanpr.cli.bench_read_truth import Truth, TruthProblem, truths_of
from openanpr.cli.read import opened
from openanpr.cli.read_progress import ReadingProgress
from openanpr.imaging import PictureProblem

app = typer.Typer(name="read", rich_markup_mode=None, add_completion=False)


class Format(StrEnum):
    """How the result is printed."""

    TEXT = "text"
    JSON = "json"


@app.command("read")
def read(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", exists=True, file_okay=False, help="Pictures or films with truth.csv."
        ),
    ],
    output: Annotated[
        Format, typer.Option("--format", help="text for people, json for programs (last line).")
    ] = Format.TEXT,
    page: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.html",
            dir_okay=False,
            help="Write a page with the figures and the misread pictures, worst first.",
        ),
    ] = None,
    country: Annotated[str | None, typer.Option(help="The country expected, as in read.")] = None,
    scale: Annotated[float, typer.Option(min=0.5, max=4.0, help="As in read.")] = 1.0,
    models: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Models other than those of the package.")
    ] = None,
    threads: Annotated[int, typer.Option(min=1, max=64, help="Threads to read with.")] = 1,
) -> None:
    """Read pictures whose plates are known; print accuracy, calibration, CPU time and memory.

    The page of --page holds the pictures that were misread: keep it as you keep those.
    """
    truths = _truths(folder)
    if page is not None and not page.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {page.parent}", param_hint="--page")
    bench = Bench(opened(models, threads=threads, scale=scale), hint=country)
    problems = 0
    with ReadingProgress(len(truths)) as progress:
        for truth in truths:
            try:
                bench.measure(folder, truth)
            except PictureProblem as problem:
                problems += 1
                typer.echo(f"openanpr: {folder / truth.name}: {problem}", err=True)
            progress.source()
    result = bench.result()
    if page is not None:
        _write_page(page, folder, bench, result)
    sys.stdout.write((json.dumps(result) if output is Format.JSON else _text(result)) + "\n")
    if problems:
        raise typer.Exit(1)


def _truths(folder: Path) -> list[Truth]:
    try:
        return truths_of(folder)
    except TruthProblem as problem:
        raise typer.BadParameter(str(problem), param_hint="DIR") from None


def _write_page(page: Path, folder: Path, bench: Bench, result: Mapping[str, object]) -> None:
    from openanpr.cli.bench_read_page import page_of

    text = page_of(folder, bench.worst_first(), result)
    try:
        page.write_text(text, encoding="utf-8")
    except OSError as problem:
        typer.echo(f"openanpr: {page} can't be written: {problem.strerror}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"openanpr: {page} is written", err=True)


def _text(result: Mapping[str, object]) -> str:
    lines = [f"Models {result['model']}, at most {result['peak_memory_mb']} MB of memory"]
    sets = result["sets"]
    if isinstance(sets, dict):
        for kind, figures in sets.items():
            lines.append(
                f"{kind}: {figures['exact']} of {figures['plates']} exact"
                f" ({figures['exact_share']:.1%}), {figures['folded']} with O=0 and I=1,"
                f" {figures['unread']} unread, {figures['junk']} junk reads"
                f" in {figures['images']}, calibration error {_error(figures)},"
                f" {figures['cpu_ms']:.1f} ms CPU each"
            )
    return "\n".join(lines)


def _error(figures: Mapping[str, object]) -> str:
    bounds = figures["calibration_interval"]
    between = f" ({bounds[0]:.3f} to {bounds[1]:.3f})" if isinstance(bounds, list) else ""
    return f"{figures['calibration_error']:.3f}{between}"


if __name__ == "__main__":
    app()
