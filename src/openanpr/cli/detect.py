"""``openanpr detect``: where plates stand in pictures, without reading them."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from openanpr.cli.read import opened
from openanpr.cli.read_output import write_line
from openanpr.cli.read_progress import ReadingProgress
from openanpr.cli.read_sources import Source, sources_of
from openanpr.imaging import Film, Picture, PictureProblem, load
from openanpr.reading import Detection

Look = Callable[[Picture], list[Detection]]

app = typer.Typer(name="detect", rich_markup_mode=None, add_completion=False)


class Format(StrEnum):
    """How boxes are printed."""

    JSONL = "jsonl"


@app.command()
def detect(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Photographs, folders and films.")
    ],
    output: Annotated[
        Format, typer.Option("--format", help="One JSON object a plate: source, box, score.")
    ] = Format.JSONL,
    scale: Annotated[
        float, typer.Option(min=0.5, max=4.0, help="Look at a larger input, for plates far away.")
    ] = 1.0,
    threshold: Annotated[
        float | None, typer.Option(min=0.01, max=1.0, help="The least score to tell.")
    ] = None,
    once: Annotated[
        bool,
        typer.Option(
            "--once",
            help="Look once, without the larger second look and the recogniser's opinion of what "
            "was found: several times as fast, with more false boxes.",
        ),
    ] = False,
    models: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Models other than those of the package.")
    ] = None,
    threads: Annotated[int, typer.Option(min=1, max=64, help="Threads to look with.")] = 1,
) -> None:
    """Find the plates in photographs, folders and films (each frame by itself)."""
    reader = opened(models, threads=threads)
    look = partial(reader.detect if once else reader.find, scale=scale, threshold=threshold)
    sources = sources_of(paths)
    problems = 0
    with ReadingProgress(len(sources)) as progress:
        for source in sources:
            try:
                _detect(source, look, progress)
            except PictureProblem as problem:
                problems += 1
                typer.echo(f"openanpr: {source.name}: {problem}", err=True)
            progress.source()
    if problems:
        raise typer.Exit(1)


def _detect(source: Source, look: Look, progress: ReadingProgress) -> None:
    if source.kind == "picture":
        for found in look(load(source.path)):
            write_line(_record(source, found, 0))
        return
    film = Film(source.path)
    for frame in film.frames():
        for found in look(frame.picture):
            write_line(_record(source, found, frame.index))
        progress.frame(frame.index, film.length)


def _record(source: Source, found: Detection, frame: int) -> dict[str, object]:
    return {
        "source": source.name,
        "box": found.box.as_list(),
        "score": round(found.score, 4),
        "frame": frame,
    }


if __name__ == "__main__":
    app()
