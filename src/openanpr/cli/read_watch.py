"""``openanpr read --watch``: reads what comes into a folder, or what a camera sends, for ever."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Any, Final

import typer

from openanpr.cli.read_output import Record, vehicle_record, write_line
from openanpr.cli.read_sources import Source
from openanpr.cli.watch_folder import WatchedFolder
from openanpr.cli.watch_stream import WatchedStream, is_address, moment, stream_of, told_address
from openanpr.imaging import PictureProblem
from openanpr.reading import Reader

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
Records = Callable[[Source, Event], Iterator[Record]]


def watched_of(paths: list[str]) -> str:
    """The one folder or address to watch; raises BadParameter."""
    if len(paths) != 1:
        raise typer.BadParameter("--watch takes one folder or one address", param_hint="PATH")
    (path,) = paths
    if not is_address(path) and not Path(path).is_dir():
        raise typer.BadParameter(
            f"{path} is neither a folder nor an address such as rtsp://host/stream"
            if "://" not in path
            else f"{path.split('://', 1)[0]}:// is no address that can be watched",
            param_hint="PATH",
        )
    return path


def watch(
    path: str,
    *,
    reader: Reader,
    hint: str | None,
    records: Records,
    only_new: bool = False,
    quiet: bool = False,
) -> None:
    """Write one line of JSON a read to stdout until SIGINT or SIGTERM, then return.

    `records` gives the reads of one file of a folder, and ends a film early when stopped. A second
    signal ends the process at once.
    """
    say = _silent if quiet else _say
    with stopped_by_signals() as stop:
        shown = told_address(path) if is_address(path) else path
        say(f"watching {shown}; Ctrl-C ends it")
        if is_address(path):
            lines = _camera(path, shown, stop, reader, hint)
        else:
            lines = _folder(path, stop, records, only_new=only_new)
        count = 0
        for record in lines:
            write_line(record)
            count += 1
        say(f"ended after {count} reads")


@contextmanager
def stopped_by_signals() -> Iterator[Event]:
    """An event that the first SIGINT or SIGTERM sets; the second has its usual effect."""
    stop = Event()
    before: dict[signal.Signals, Any] = {}

    def handle(number: int, frame: FrameType | None) -> None:
        stop.set()
        for each, usual in before.items():
            signal.signal(each, usual)

    for each in _SIGNALS:
        before[each] = signal.signal(each, handle)
    try:
        yield stop
    finally:
        for each, usual in before.items():
            signal.signal(each, usual)


def _folder(path: str, stop: Event, records: Records, *, only_new: bool) -> Iterator[Record]:
    for source in WatchedFolder(path, only_new=only_new).sources(stop):
        try:
            yield from records(source, stop)
        except PictureProblem as problem:
            _say(f"{source.name}: {problem}")


def _camera(
    address: str, shown: str, stop: Event, reader: Reader, hint: str | None
) -> Iterator[Record]:
    stream = WatchedStream(stream_of(address), reader, hint=hint, say=_say)
    for read in stream.reads(stop):
        yield {
            **vehicle_record(shown, read),
            "at": moment(read.best_at),
            "first_at": moment(read.first_at),
            "last_at": moment(read.last_at),
        }


def _say(text: str) -> None:
    sys.stderr.write(f"openanpr: {text}\n")
    sys.stderr.flush()


def _silent(text: str) -> None:
    pass
