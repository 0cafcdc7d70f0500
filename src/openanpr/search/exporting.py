"""The files that a result leaves in: CSV, XLSX and JSON, written row by row.

A cell that a spreadsheet would take for a formula is written as text: in CSV with an apostrophe
before it, in XLSX as a string.
"""

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import IO, Any, Final

import xlsxwriter

_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_IN_MEMORY: Final = 2_000_000


class FileFormat(StrEnum):
    """What an export is written as."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


CONTENT_TYPES: Final[Mapping[FileFormat, str]] = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.JSON: "application/json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedRead:
    """One read as it leaves. Times are ISO 8601 in UTC; places as far as the exporter may know.

    ``export`` is the number of the audit row that let it out, on every line.
    """

    export: int
    read_id: str
    captured_at: str
    mark: str
    first_read_as: str
    confidence: float
    camera: str
    area: str
    site: str
    latitude: float | None
    longitude: float | None
    direction: str
    came_late: bool
    reader_model: str


COLUMNS: Final = tuple(field.name for field in fields(ExportedRead))


def write(
    format_: FileFormat, reads: Iterable[ExportedRead], about: Sequence[tuple[str, str]]
) -> IO[bytes]:
    """The file, open at its beginning; large ones lie on disk. ``about`` says what it is of."""
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - given out
    _WRITERS[format_](file, reads, about)
    file.seek(0)
    return file


def safe_cell(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    is_text = isinstance(value, str)
    return f"'{text}" if is_text and text.startswith(_STARTS_A_FORMULA) else text


def _csv(file: IO[bytes], reads: Iterable[ExportedRead], about: Sequence[tuple[str, str]]) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for read in reads:
        rows.writerow([safe_cell(getattr(read, name)) for name in COLUMNS])
    text.detach()


def _json(file: IO[bytes], reads: Iterable[ExportedRead], about: Sequence[tuple[str, str]]) -> None:
    file.write(b'{"about": ' + json.dumps(dict(about)).encode() + b', "reads": [')
    for number, read in enumerate(reads):
        line = json.dumps({name: getattr(read, name) for name in COLUMNS})
        file.write((b",\n" if number else b"\n") + line.encode())
    file.write(b"\n]}\n")


def _xlsx(file: IO[bytes], reads: Iterable[ExportedRead], about: Sequence[tuple[str, str]]) -> None:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("Reads")
        for column, name in enumerate(COLUMNS):
            sheet.write_string(0, column, name)
        for row, read in enumerate(reads, 1):
            for column, name in enumerate(COLUMNS):
                _cell(sheet, row, column, getattr(read, name))
        words = book.add_worksheet("About")
        for row, (name, value) in enumerate(about):
            words.write_string(row, 0, name)
            words.write_string(row, 1, value)


def _cell(sheet: Any, row: int, column: int, value: object) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value))


_WRITERS: Final[
    Mapping[
        FileFormat, Callable[[IO[bytes], Iterable[ExportedRead], Sequence[tuple[str, str]]], None]
    ]
] = {FileFormat.CSV: _csv, FileFormat.XLSX: _xlsx, FileFormat.JSON: _json}
