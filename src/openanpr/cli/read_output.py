"""What the reading commands print: one JSON object a read, or a table, and drawn pictures."""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NoReturn

import typer

from openanpr.imaging import JpegLimits, Label, Picture, annotated, encode_jpeg
from openanpr.reading import Decoded, PlateReading, VehicleRead
from openanpr.vrm import display

ENDED_BY_READER: Final = 141
WIDTH_OFF_SCREEN: Final = 200
_ANNOTATED: Final = JpegLimits(width=100_000, height=100_000, max_bytes=50_000_000)

Record = dict[str, object]


def picture_record(source: str, reading: PlateReading) -> Record:
    """The object for a plate read in a picture."""
    return {
        **_text_record(source, reading.text, reading.model),
        "box": reading.box.as_list(),
        "frame": 0,
    }


def vehicle_record(source: str, read: VehicleRead) -> Record:
    """The object for a vehicle read in a film; `box` lies in the frame `frame`."""
    return {
        **_text_record(source, read.text, read.model),
        "box": read.box.as_list(),
        "frame": read.best_frame,
        "first_frame": read.first_frame,
        "last_frame": read.last_frame,
        "direction": read.direction,
    }


def _text_record(source: str, text: Decoded, model: str) -> Record:
    return {
        "source": source,
        "vrm": text.vrm,
        "confidence": round(text.confidence, 4),
        "country": text.country,
        "country_confidence": round(text.country_confidence, 4),
        "candidates": [
            {"vrm": candidate.vrm, "confidence": round(candidate.confidence, 4)}
            for candidate in text.candidates
        ],
        "raw": text.raw,
        "model": model,
    }


def write_line(record: Mapping[str, object]) -> None:
    """One JSON object on a line of stdout, at once; ends the command if nobody reads on."""
    try:
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        stop_writing()


def stop_writing() -> NoReturn:
    """End the command quietly after whoever read its output has gone."""
    # The interpreter flushes stdout once more as it ends; that must not fail again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise typer.Exit(ENDED_BY_READER)


@dataclass(slots=True)
class ReadTable:
    """The rows for people, printed when all is read."""

    rows: list[Record] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Keep a record."""
        self.rows.append(record)

    def print(self) -> None:
        """Write the table to stdout."""
        from rich.console import Console
        from rich.table import Table

        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column("Mark", no_wrap=True)
        table.add_column("Sure", justify="right")
        table.add_column("From")
        table.add_column("Or")
        table.add_column("Frames")
        table.add_column("Source", overflow="fold")
        for record in self.rows:
            table.add_row(*_row(record))
        try:
            Console(width=None if sys.stdout.isatty() else WIDTH_OFF_SCREEN).print(table)
            sys.stdout.flush()
        except BrokenPipeError:
            stop_writing()


def _row(record: Record) -> tuple[str, ...]:
    vrm, country = str(record["vrm"]), record["country"]
    candidates = record["candidates"]
    others = candidates[1:3] if isinstance(candidates, list) else []
    first = record.get("first_frame")
    return (
        display(vrm, country=str(country) if country else None),
        f"{record['confidence']:.0%}",
        str(country or ""),
        ", ".join(
            f"{other['vrm']} {other['confidence']:.0%}"
            for other in others
            if other["confidence"] >= 0.005
        ),
        "" if first is None else f"{first} to {record['last_frame']}",
        str(record["source"]),
    )


@dataclass(slots=True)
class Annotations:
    """Writes pictures with what was seen drawn over them into `folder`."""

    folder: Path
    _names: set[str] = field(default_factory=set)

    def write(self, source: str, picture: Picture, labels: list[Label]) -> None:
        """Draw the labels over a picture of `source` and write it under a name of its own."""
        stem, name, number = Path(source).stem, f"{Path(source).stem}.jpg", 1
        while name in self._names:
            number += 1
            name = f"{stem}-{number}.jpg"
        self._names.add(name)
        drawn = encode_jpeg(annotated(picture, labels), limits=_ANNOTATED)
        (self.folder / name).write_bytes(drawn)
