"""Workbooks as somebody might send them: what is taken, and what is refused before it is opened."""

import io
import zipfile
from datetime import datetime, time

import pytest
import xlsxwriter

from openanpr.adapters import list_workbook
from openanpr.adapters.list_workbook import check_workbook, is_workbook, write_rows
from openanpr.adapters.list_zip import BadArchive

TYPES = ("[Content_Types].xml", b"<Types/>")
SHEET = "xl/worksheets/sheet1.xml"


def book(*cells: tuple[str, object]) -> io.BytesIO:
    content = io.BytesIO()
    made = xlsxwriter.Workbook(
        content, {"in_memory": True, "default_date_format": "dd/mm/yy hh:mm"}
    )
    sheet = made.add_worksheet("Rows")
    for place, value in cells:
        sheet.write(place, value)
    made.close()
    return content


def archive(*files: tuple[str, bytes]) -> io.BytesIO:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files:
            made.writestr(name, text)
    return content


def lines(content: io.BytesIO) -> list[str]:
    target = io.BytesIO()
    write_rows(content, target)
    return target.getvalue().decode().split("\n")[:-1]


def test_line_n_is_row_n() -> None:
    assert lines(book(("B2", "OA30AAA"), ("D4", "x,y"))) == ["", ",OA30AAA,,", "", ',,,"x,y"']


def test_cells_become_the_text_that_a_person_saw() -> None:
    moment = datetime(2027, 1, 31, 12, 30)  # noqa: DTZ001 - workbooks know no zone
    day = datetime(2027, 1, 31)  # noqa: DTZ001
    found = lines(book(("A1", 20270131), ("B1", 1.5), ("C1", True), ("D1", moment), ("E1", day)))
    assert found == ["20270131,1.5,TRUE,2027-01-31 12:30:00,2027-01-31"]
    assert lines(book(("A1", "a\nb\u2028c"), ("B1", time(7)))) == ["a b c,07:00:00"]


def test_a_formula_is_shown_as_such() -> None:
    assert lines(book(("A1", '=A2&"<1>"'), ("B1", "plain"))) == ['"=A2&""<1>""",plain']


def test_only_an_office_document_is_a_workbook() -> None:
    assert is_workbook(book(("A1", 1)))
    assert not is_workbook(archive(("7_x_R.dat", b"")))
    assert not is_workbook(io.BytesIO(b"PK\x03\x04 nothing"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (archive(TYPES), "no sheet"),
        (archive(TYPES, (SHEET, b"\0" * 10_000_000)), "packed more than"),
        (archive(TYPES, (SHEET, b"<x/>"), ("xl/vbaProject.bin", b"")), "macros"),
        (archive(TYPES, *((f"xl/{one}.xml", b"") for one in range(201))), "200 parts"),
    ],
)
def test_what_is_no_harmless_workbook_is_refused_unopened(content: io.BytesIO, words: str) -> None:
    with pytest.raises(BadArchive, match=words):
        check_workbook(content)


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>', "entities"),
        (b'<worksheet><c r="XFD1048576"><v>1</v></c></worksheet>', "64 columns"),
        (b'<worksheet><c r="A1"><v>', "damaged"),
    ],
)
def test_a_sheet_that_would_not_fit_in_memory_is_refused(sheet: bytes, words: str) -> None:
    with pytest.raises(BadArchive, match=words):
        write_rows(archive(TYPES, (SHEET, sheet)), io.BytesIO())


def test_a_sheet_of_too_many_cells_or_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_workbook, "MOST_CELLS", 2)
    with pytest.raises(BadArchive, match="cells"):
        write_rows(book(("A1", 1), ("B1", 2), ("C1", 3)), io.BytesIO())
    with pytest.raises(BadArchive, match="is empty"):
        write_rows(book(), io.BytesIO())
