"""``openanpr read``: the plates in photographs, folders, films and streams. Needs no database."""

import datetime
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import Annotated, Final

import typer

from openanpr.cli.read_output import (
    Annotations,
    ReadTable,
    Record,
    picture_record,
    vehicle_record,
    write_line,
)
from openanpr.cli.read_progress import ReadingProgress
from openanpr.cli.read_sources import Source, sources_of
from openanpr.cli.read_watch import watch, watched_of
from openanpr.cli.watch_stream import is_address
from openanpr.imaging import Film, Label, Picture, PictureProblem, load, use_threads
from openanpr.reading import ModelProblem, PlateReading, Reader, VehicleRead, VideoReader
from openanpr.reading.looks import corners_of
from openanpr.vrm import display

app = typer.Typer(name="read", rich_markup_mode=None, add_completion=False)

# Films carry no wall time; their frames are counted from here.
_FILM_START: Final = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class Format(StrEnum):
    """How reads are printed."""

    TABLE = "table"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class _Task:
    reader: Reader
    crop: bool
    hint: str | None
    day: datetime.date
    annotations: Annotations | None
    progress: ReadingProgress
    stop: Event | None = None


@dataclass(slots=True)
class _Outcome:
    problems: int = 0
    table: ReadTable = field(default_factory=ReadTable)


@app.command()
def read(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Photographs, folders and films.")
    ],
    output: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="table for people (on a terminal), jsonl for programs: one object a read.",
        ),
    ] = None,
    crop: Annotated[
        bool, typer.Option("--crop", help="The pictures are plates already cut out.")
    ] = False,
    annotate: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the pictures with what was seen into DIR."),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(help="Two letters of the country expected, e.g. GB; a hint, not a filter."),
    ] = None,
    scale: Annotated[
        float, typer.Option(min=0.5, max=4.0, help="Look at a larger input, for plates far away.")
    ] = 1.0,
    models: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Models other than those of the package.")
    ] = None,
    threads: Annotated[int, typer.Option(min=1, max=64, help="Threads to read with.")] = 1,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress on stderr.")] = False,
    watching: Annotated[
        bool,
        typer.Option(
            "--watch",
            help="PATH is a folder or a camera's address (rtsp://, http://): read for ever what "
            "comes; Ctrl-C or SIGTERM ends it. Files count once their size has settled.",
        ),
    ] = False,
    only_new: Annotated[
        bool, typer.Option("--only-new", help="With --watch: pass over what is in the folder now.")
    ] = False,
) -> None:
    """Read the plates in photographs, folders and films.

    Exit code 1 where a path was no picture or film; it is named on stderr and the rest is read.
    """
    form = output or (Format.TABLE if sys.stdout.isatty() and not watching else Format.JSONL)
    hint = _country(country)
    if only_new and not watching:
        raise typer.BadParameter("it goes with --watch", param_hint="--only-new")
    if watching:
        path = _watched(paths, form, annotate, crop=crop)
        reader = opened(models, threads=threads, scale=scale)
        watch(
            path,
            reader=reader,
            hint=hint,
            records=lambda source, stop: _records(source, _task(reader, crop, hint, stop)),
            only_new=only_new,
            quiet=quiet,
        )
        return
    annotations = _annotations(annotate)
    reader = opened(models, threads=threads, scale=scale)
    sources = sources_of(paths)
    outcome = _Outcome()
    with ReadingProgress(len(sources), quiet=quiet) as progress:
        today = datetime.datetime.now(datetime.UTC).date()
        task = _Task(reader, crop, hint, today, annotations, progress)
        for source in sources:
            _read_source(source, task, outcome, form)
            progress.source()
    _conclude(outcome, form, len(sources))


def opened(models: Path | None, *, threads: int, scale: float = 1.0) -> Reader:
    """A reader for a command; a model's problem is told on stderr and ends it with code 1."""
    use_threads(threads)
    try:
        return Reader.open(models, threads=threads, scale=scale)
    except ModelProblem as problem:
        typer.echo(f"openanpr: {problem}", err=True)
        raise typer.Exit(1) from None


def _watched(paths: list[str], form: Format, annotate: Path | None, *, crop: bool) -> str:
    path = watched_of(paths)
    if form is Format.TABLE:
        raise typer.BadParameter("--watch writes jsonl alone", param_hint="--format")
    if annotate is not None:
        raise typer.BadParameter("it does not go with --watch", param_hint="--annotate")
    if crop and is_address(path):
        raise typer.BadParameter("it goes with pictures, not with a camera", param_hint="--crop")
    return path


def _task(reader: Reader, crop: bool, hint: str | None, stop: Event) -> _Task:
    # For each file anew: whoever watches for ever does so beyond midnight.
    today = datetime.datetime.now(datetime.UTC).date()
    return _Task(reader, crop, hint, today, None, ReadingProgress(0, quiet=True), stop)


def _read_source(source: Source, task: _Task, outcome: _Outcome, form: Format) -> None:
    try:
        for record in _records(source, task):
            if form is Format.JSONL:
                write_line(record)
            else:
                outcome.table.add(record)
    except PictureProblem as problem:
        outcome.problems += 1
        typer.echo(f"openanpr: {source.name}: {problem}", err=True)


def _records(source: Source, task: _Task) -> Iterator[Record]:
    if source.kind == "film":
        if task.crop:
            raise PictureProblem("a film can't be read with --crop")
        yield from _film_records(source, task)
        return
    picture = load(source.path)
    readings = _readings(picture, task)
    if task.annotations:
        labels = [_label(reading) for reading in readings]
        task.annotations.write(source.name, picture, labels)
    for reading in readings:
        yield picture_record(source.name, reading)


def _readings(picture: Picture, task: _Task) -> list[PlateReading]:
    if not task.crop:
        return task.reader.read_image(picture, day=task.day, hint=task.hint)
    reading = task.reader.read_crop(picture, day=task.day, hint=task.hint)
    return [reading] if reading else []


def _film_records(source: Source, task: _Task) -> Iterator[Record]:
    film = Film(source.path)
    video = VideoReader(task.reader, day=task.day, hint=task.hint)
    for frame in film.frames():
        at = _FILM_START + datetime.timedelta(seconds=frame.seconds)
        for read in video.push(frame.picture, at):
            yield _vehicle(source, read, task)
        task.progress.frame(frame.index, film.length)
        if task.stop and task.stop.is_set():
            break
    for read in video.finish():
        yield _vehicle(source, read, task)


def _vehicle(source: Source, read: VehicleRead, task: _Task) -> Record:
    if task.annotations:
        label = Label(corners_of(read.box), _words(read.vrm, read.confidence))
        task.annotations.write(source.name, read.overview, [label])
    return vehicle_record(source.name, read)


def _label(reading: PlateReading) -> Label:
    return Label(reading.detection.corners, _words(reading.vrm, reading.confidence))


def _words(vrm: str, confidence: float) -> str:
    return f"{display(vrm)} {confidence:.0%}"


def _country(given: str | None) -> str | None:
    if given is None:
        return None
    if len(given) != 2 or not given.isascii() or not given.isalpha():
        raise typer.BadParameter("give two letters, such as GB", param_hint="--country")
    return given.upper()


def _annotations(folder: Path | None) -> Annotations | None:
    if folder is None:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise typer.BadParameter(
            f"{folder} can't be made: {problem.strerror}", param_hint="--annotate"
        ) from None
    return Annotations(folder)


def _conclude(outcome: _Outcome, form: Format, sources: int) -> None:
    if form is Format.TABLE and outcome.table.rows:
        outcome.table.print()
    elif form is Format.TABLE and sources > outcome.problems:
        typer.echo("No plate found.", err=True)
    if not sources:
        typer.echo("openanpr: there is no picture or film in the folder", err=True)
    if outcome.problems:
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
