"""Workbooks (.xlsx): one sheet of rows, turned into the text that list files are made of.

The workbook is somebody else's: its size, its sheets and its cells are bounded before anything of
it is held in memory. A formula is passed on as its own text, so that the row says it was one, and
never as the value that some program had worked out.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from html import unescape
from typing import IO, Final

import python_calamine

from openanpr.adapters.list_zip import BadArchive

LARGEST_TOTAL: Final = 536_870_912
"""Bytes of all parts together, unpacked."""
LARGEST_RATIO: Final = 200
"""Sheets of rows that are alike pack 20 to 60 times."""
MOST_PARTS: Final = 200
MOST_CELLS: Final = 8_000_000
MOST_COLUMNS: Final = 64
MOST_FORMULAS: Final = 100_000

_BLOCK: Final = 1 << 20
_CONTENT: Final = "[Content_Types].xml"
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL: Final = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>')
_FORMULA: Final = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)<)'
)
_BREAKS: Final = re.compile(r"[\r\n\t\v\f\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The one sheet that holds rows."""

    name: str
    rows: int


def is_workbook(file: IO[bytes]) -> bool:
    """Whether the file is a ZIP that says it is an Office document; it is left at its start."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return _CONTENT in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    finally:
        file.seek(0)


def check_workbook(file: IO[bytes]) -> None:
    """Refuse what cannot be a workbook of reasonable size, by its directory alone.

    Raises ``BadArchive``.
    """
    with _opened(file) as archive:
        infos = archive.infolist()
        if len(infos) > MOST_PARTS:
            raise BadArchive(f"The workbook has more than {MOST_PARTS} parts.")
        if any(info.flag_bits & 1 for info in infos):
            raise BadArchive("The workbook is encrypted. Save it without a password.")
        if any("vbaProject" in info.filename for info in infos):
            raise BadArchive("The workbook holds macros. Save it without them (.xlsx).")
        if sum(info.file_size for info in infos) > LARGEST_TOTAL:
            raise BadArchive("The workbook would unpack to more than 512 MB. Save it as CSV.")
        for info in infos:
            if info.file_size > LARGEST_RATIO * max(info.compress_size, 1024):
                raise BadArchive(
                    f"A part of the workbook is packed more than {LARGEST_RATIO} times."
                )
        if not any(_SHEET.fullmatch(info.filename) for info in infos):
            raise BadArchive("The workbook has no sheet.")


def write_rows(file: IO[bytes], target: IO[bytes]) -> Sheet:
    """Write the rows of the only sheet that has any to ``target``, as UTF-8 text with commas.

    Line n of the text is row n of the sheet. Raises ``BadArchive`` for a workbook of several sheets
    with rows, too many cells, or that cannot be read.
    """
    check_workbook(file)
    formulas = _formulas(file)
    file.seek(0)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(file) as book:
            filled = []
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                if sheet.start is not None:
                    filled.append(sheet)
            if not filled:
                raise BadArchive("The workbook is empty.")
            if len(filled) > 1:
                raise BadArchive(
                    f"The workbook has rows on {len(filled)} sheets. Keep one and upload it again."
                )
            text = io.TextIOWrapper(target, encoding="utf-8", newline="")
            count = 0
            try:
                for row in _lines(filled[0], formulas):
                    csv.writer(text, lineterminator="\n").writerow(row)
                    count += 1
            finally:
                text.flush()
                text.detach()
            return Sheet(name=filled[0].name, rows=count)
    except BadArchive:
        raise
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise BadArchive("The workbook is damaged.") from error


def _lines(
    sheet: python_calamine.CalamineSheet, formulas: Mapping[int, Mapping[int, str]]
) -> Iterator[list[str]]:
    # iter_rows begins at the first row, but at the leftmost column that is used.
    _, left = sheet.start or (0, 0)
    for number, cells in enumerate(sheet.iter_rows()):
        row = [""] * left + [_text(cell) for cell in cells]
        for column, formula in formulas.get(number, {}).items():
            if column < len(row):
                row[column] = formula
        yield row if any(row) else []


def _text(cell: object) -> str:
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.replace(microsecond=0).isoformat(sep=" ")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
    # A record is one line; a break inside a cell becomes a space.
    return _BREAKS.sub(" ", str(cell))


class _Scan:
    """What the cells of all sheets come to, and the formulas among them."""

    def __init__(self) -> None:
        self.formulas: dict[int, dict[int, str]] = {}
        self.cells = self.unpacked = self.found = 0

    def look_at(self, block: bytes) -> None:
        self.unpacked += len(block)
        if self.unpacked > LARGEST_TOTAL:
            raise BadArchive("The workbook is larger than it says.")
        if b"<!DOCTYPE" in block or b"<!ENTITY" in block:
            raise BadArchive("The workbook defines entities; it is not taken.")
        for cell in _CELL.finditer(block):
            self.cells += 1
            if len(cell[1]) > 2 or _column(cell[1]) >= MOST_COLUMNS:
                raise BadArchive(f"The workbook has more than {MOST_COLUMNS} columns.")
        if self.cells > MOST_CELLS:
            raise BadArchive(f"The workbook has more than {MOST_CELLS:,} cells. Save it as CSV.")
        for cell in _FORMULA.finditer(block):
            text = unescape((cell[3] or b"").decode("utf-8", "replace"))
            row = self.formulas.setdefault(int(cell[2]) - 1, {})
            row[_column(cell[1])] = _BREAKS.sub(" ", f"={text}")
            self.found += 1
        if self.found > MOST_FORMULAS:
            raise BadArchive(
                f"The workbook has more than {MOST_FORMULAS:,} formulas. "
                "Save it as CSV, which keeps their values."
            )


def _formulas(file: IO[bytes]) -> dict[int, dict[int, str]]:
    """By row and column (from 0), the text of each formula; bounds the cells on the way."""
    scan = _Scan()
    with _opened(file) as archive:
        sheets = [info for info in archive.infolist() if _SHEET.fullmatch(info.filename)]
        try:
            for info in sheets:
                with archive.open(info) as part:
                    for block in _blocks(part):
                        scan.look_at(block)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError) as error:
            raise BadArchive("The workbook is damaged.") from error
    return scan.formulas


def _blocks(part: IO[bytes]) -> Iterator[bytes]:
    """The part in blocks cut at the end of a cell, so that none is seen in halves or twice."""
    held = b""
    while block := part.read(_BLOCK):
        held += block
        cut = max(held.rfind(b"</c>"), held.rfind(b":c>"))
        if cut > 0:
            yield held[: cut + 4]
            held = held[cut + 4 :]
        if len(held) > _BLOCK * 16:
            raise BadArchive("A cell of the workbook is too long.")
    yield held


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _opened(file: IO[bytes]) -> zipfile.ZipFile:
    file.seek(0)
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise BadArchive("The workbook is damaged.") from error
