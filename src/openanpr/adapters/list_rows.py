"""The row of 16 columns in which lists of vehicles of interest are passed on.

Nothing here raises for what a file holds: each line becomes a row, or a rejection that says why, or
is counted as blank or as the header. Texts of a rejection never repeat a cell, since a cell may be
a mark.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import IO, Final

from openanpr.adapters import list_labels
from openanpr.adapters.list_text import LONGEST_LINE, lines_of
from openanpr.vrm import InvalidVrm, normalise

FIELDS: Final[dict[str, str]] = {
    "vrm": "Registration mark",
    "make": "Make",
    "model": "Model",
    "colour": "Colour",
    "action": "Action",
    "warning_markers": "Warning markers",
    "reason": "Reason",
    "grading": "Grading (NIM code)",
    "information": "Information and action",
    "force_area": "Force and area",
    "weed_date": "Weed date",
    "pnc_id": "PNC ID",
    "marking": "Security marking",
    "cad": "CAD information",
    "instructions": "Operational instructions (spare 1)",
    "source_reference": "Source reference (spare 2)",
}
"""The 16 columns in their order, with their names for people."""

STANDARD: Final[dict[str, int]] = {name: place for place, name in enumerate(FIELDS)}
LONGEST_CELL: Final = 2_000
MOST_COLUMNS: Final = 64
SEPARATORS: Final = ",;\t|"

_KNOWN_HEADERS: Final[dict[str, str]] = {
    "vrm": "vrm", "vrn": "vrm", "registration": "vrm", "registration mark": "vrm",
    "vehicle registration mark": "vrm", "reg": "vrm", "plate": "vrm", "number plate": "vrm",
    "mark": "vrm", "make": "make", "model": "model", "colour": "colour", "color": "colour",
    "action": "action", "warning markers": "warning_markers", "warnings": "warning_markers",
    "warning signals": "warning_markers", "reason": "reason", "nim": "grading",
    "nim code": "grading", "nim 5x5x5 code": "grading", "5x5x5": "grading", "3x5x2": "grading",
    "grading": "grading", "information": "information", "information/action": "information",
    "information and action": "information", "force and area": "force_area",
    "force & area": "force_area", "force": "force_area", "weed date": "weed_date",
    "expiry": "weed_date", "expires": "weed_date", "pnc id": "pnc_id", "pncid": "pnc_id",
    "gpms": "marking", "gpms marking": "marking", "gsc": "marking", "marking": "marking",
    "security marking": "marking", "cad": "cad", "cad information": "cad",
    "spare 1": "instructions", "spare1": "instructions",
    "operational instructions": "instructions", "spare 2": "source_reference",
    "spare2": "source_reference", "source reference": "source_reference",
    "reference": "source_reference",
}  # fmt: skip
_FORMULA: Final = re.compile(r"[=@]|[+-](?![0-9 .]*$)")
_ISO: Final = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?Z?"
)
_BRITISH: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: (\d{2}):(\d{2})(?::(\d{2}))?)?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MARKER_SPLIT: Final = re.compile(r"[\s,;/|]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How rows are read: which column is which (from 0), the bounds of dates, the defaults.

    A day stands for its whole length in ``zone``; an entry's end lies after ``at`` and not after
    ``latest_weed``. Defaults are used where the cell is empty or the column absent.
    """

    columns: Mapping[str, int]
    width: int
    separator: str
    has_header: bool
    at: datetime
    latest_weed: datetime
    zone: tzinfo
    default_action: str = ""
    default_reason: str = ""
    default_weed_at: datetime | None = None
    marks_only: bool = False
    """For deletions: nothing but the mark is read, whatever else the row has."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One vehicle. ``vrm`` is normalised, ``weed_at`` aware; ``notes`` say what was changed."""

    line: int
    vrm: str
    make: str
    model: str
    colour: str
    action: str
    warning_markers: tuple[str, ...]
    reason: str
    information: str
    force_area: str
    reference: str
    grading: str
    marking: str
    weed_at: datetime
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that no entry was made of, and why."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Passed:
    """A line that holds no row: blank, or the header."""

    line: int
    header: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the first line shows: its separator, its cells, and whether they are names of columns.

    ``columns`` is the mapping, where the file is of the standard 16 columns or names them all in
    words that are known.
    """

    separator: str
    header: tuple[str, ...]
    width: int
    columns: Mapping[str, int] | None


class _Unusable(ValueError):
    """Why a line is rejected. Stays inside this module."""


def shape_of(file: IO[bytes], encoding: str) -> Shape:
    """The shape of a file from its first line that is not blank."""
    first = next((line for line in lines_of(file, encoding) if line is None or line.strip()), "")
    separator = max(SEPARATORS, key=(first or "").count)
    try:
        cells = [cell.strip() for cell in _cells(first or "", separator)]
    except _Unusable:
        cells = []
    guess = guess_columns(cells)
    is_header = len(cells) > 1 and ("vrm" in guess or not any(map(_has_digit, cells)))
    columns: Mapping[str, int] | None = None
    if is_header and "vrm" in guess and len(guess) == len([cell for cell in cells if cell]):
        columns = guess
    elif not is_header and _is_standard(cells):
        columns = STANDARD
    return Shape(
        separator=separator,
        header=tuple(cell[:100] for cell in cells[:MOST_COLUMNS]) if is_header else (),
        width=min(len(cells), MOST_COLUMNS),
        columns=columns,
    )


def guess_columns(header: Sequence[str]) -> dict[str, int]:
    """Which column is which (name: place from 0), as far as their names are known words."""
    found: dict[str, int] = {}
    for place, cell in enumerate(header):
        name = _KNOWN_HEADERS.get(" ".join(cell.lower().replace("_", " ").split()))
        if name and name not in found:
            found[name] = place
    return found


def rows_of(
    file: IO[bytes], encoding: str, reading: Reading
) -> Iterator[ListRow | Rejected | Passed]:
    """One answer for each line of the file, in order; lines count from 1."""
    header_due = reading.has_header
    for number, line in enumerate(lines_of(file, encoding), start=1):
        if line is None:
            yield Rejected(number, f"the line is longer than {LONGEST_LINE} characters")
        elif not line.strip() or not line.strip(reading.separator + " \t\r"):
            yield Passed(number)
        elif header_due:
            header_due = False
            yield Passed(number, header=True)
        else:
            try:
                yield _row(number, line, reading)
            except _Unusable as problem:
                yield Rejected(number, str(problem))


def _row(number: int, line: str, reading: Reading) -> ListRow:
    if "\ufffd" in line:
        raise _Unusable("it holds characters that the file's encoding does not have")
    if any(code < " " and code != "\t" for code in line):
        raise _Unusable("it holds control characters")
    cells = _cells(line, reading.separator)
    if reading.marks_only:
        return _mark_alone(number, cells, reading)
    _check_width(cells, reading.width)
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise _Unusable(f"a cell is longer than {LONGEST_CELL} characters")
    notes: list[str] = []

    def cell(name: str) -> str:
        place = reading.columns.get(name)
        if place is None or place >= len(cells):
            return ""
        text = cells[place].strip()
        if text and name not in ("vrm", "weed_date") and _FORMULA.match(text):
            notes.append(f"{FIELDS[name]} looks like a formula; it is kept as plain text")
        return text

    grading, graded = list_labels.grading(cell("grading"))
    marking, marked = list_labels.marking(cell("marking"))
    notes.extend(note for note in (graded, marked) if note)
    return ListRow(
        line=number,
        vrm=_mark(cell("vrm")),
        make=cell("make"),
        model=cell("model"),
        colour=cell("colour"),
        action=_action(cell("action"), reading),
        warning_markers=tuple(
            dict.fromkeys(
                part.upper() for part in _MARKER_SPLIT.split(cell("warning_markers")) if part
            )
        ),
        reason=_reason(cell("reason"), reading),
        information=_information(cell),
        force_area=cell("force_area"),
        reference=cell("source_reference") or cell("pnc_id"),
        grading=grading,
        marking=marking,
        weed_at=_weed_at(cell("weed_date"), reading),
        notes=tuple(dict.fromkeys(notes)),
    )


def _mark_alone(number: int, cells: Sequence[str], reading: Reading) -> ListRow:
    place = reading.columns["vrm"]
    return ListRow(
        line=number,
        vrm=_mark(cells[place].strip() if place < len(cells) else ""),
        make="",
        model="",
        colour="",
        action="",
        warning_markers=(),
        reason="",
        information="",
        force_area="",
        reference="",
        grading="",
        marking="",
        weed_at=reading.at,
    )


def _cells(line: str, separator: str) -> Sequence[str]:
    if '"' not in line:
        return line.split(separator)
    try:
        cells: list[str] = next(csv.reader([line], delimiter=separator, strict=True))
    except (csv.Error, StopIteration):
        raise _Unusable("a quotation mark is not closed, or text follows a closed one") from None
    return cells


def _check_width(cells: Sequence[str], width: int) -> None:
    # Also where the surplus is empty: a separator inside an unquoted cell shifts all that follows.
    if len(cells) != width:
        raise _Unusable(f"it has {len(cells)} columns where {width} are expected")


def _mark(text: str) -> str:
    if not text:
        raise _Unusable("there is no registration mark")
    if _FORMULA.match(text):
        raise _Unusable("the registration mark is a formula")
    try:
        return normalise(text)
    except InvalidVrm as problem:
        raise _Unusable(f"this is no registration mark: {problem}") from None


def _action(text: str, reading: Reading) -> str:
    if not text:
        if not reading.default_action:
            raise _Unusable("there is no action, and no default for it")
        return reading.default_action
    found = list_labels.action(text)
    if found is None:
        raise _Unusable("the action is none of STOP, OBSERVE, SILENT and REPORT")
    return found


def _reason(text: str, reading: Reading) -> str:
    reason = text or reading.default_reason
    if not reason:
        raise _Unusable("there is no reason, and no default for it")
    return reason


def _information(cell: Callable[[str], str]) -> str:
    parts = [cell("information")]
    # The entry has no columns of its own for these; the officer still needs them.
    if text := cell("instructions"):
        parts.append(f"Instructions: {text}")
    if text := cell("cad"):
        parts.append(f"CAD: {text}")
    if (text := cell("pnc_id")) and cell("source_reference"):
        parts.append(f"PNC ID: {text}")
    return "\n".join(part for part in parts if part)


def _weed_at(text: str, reading: Reading) -> datetime:
    if not text:
        if reading.default_weed_at is None:
            raise _Unusable("there is no weed date, and no default for it")
        moment = reading.default_weed_at
    else:
        found = _moment(text, reading.zone)
        if found is None:
            raise _Unusable(
                "the weed date is no real date written as 2027-01-31, 31/01/2027 or 20270131"
            )
        moment = found
    if moment <= reading.at:
        raise _Unusable("the weed date is over")
    if moment > reading.latest_weed:
        raise _Unusable("the weed date lies further ahead than the profile allows an entry to live")
    return moment


@lru_cache(maxsize=8192)
def _moment(text: str, zone: tzinfo) -> datetime | None:
    if found := _ISO.fullmatch(text):
        year, month, day, *clock = found.groups()
    elif found := _BRITISH.fullmatch(text):
        day, month, year, *clock = found.groups()
    elif found := _COMPACT.fullmatch(text):
        year, month, day = found.groups()
        clock = []
    else:
        return None
    try:
        whole_day = date(int(year), int(month), int(day))
        if not clock or clock[0] is None:
            ends = datetime.combine(whole_day + timedelta(days=1), time(), zone)
        else:
            hour, minute, second = (int(part or 0) for part in clock)
            written_in = UTC if text.endswith("Z") else zone
            ends = datetime.combine(whole_day, time(hour, minute, second), written_in)
        return ends.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _is_standard(cells: Sequence[str]) -> bool:
    # Some programs end every line with a separator, which makes an empty column more.
    return len(cells) == len(FIELDS) or (len(cells) == len(FIELDS) + 1 and not cells[-1])


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)
