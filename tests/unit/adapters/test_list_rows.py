"""Every line of a list file is a row, a rejection that says why, blank, or the header."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openanpr.adapters import list_labels
from openanpr.adapters.list_rows import (
    FIELDS,
    STANDARD,
    ListRow,
    Passed,
    Reading,
    Rejected,
    rows_of,
    shape_of,
)
from openanpr.adapters.list_text import LONGEST_LINE, encoding_of

AT = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
HEADER = (
    "VRM,make,model,colour,action,warning markers,reason,NIM code,information,force and area,"
    "weed date,PNC ID,GPMS,CAD information,spare 1,spare 2"
)


def reading(**changes: Any) -> Reading:
    values: dict[str, Any] = {
        "columns": STANDARD,
        "width": 16,
        "separator": ",",
        "has_header": False,
        "at": AT,
        "latest_weed": AT + timedelta(days=365),
        "zone": ZoneInfo("Europe/London"),
    }
    return Reading(**(values | changes))


def line(**cells: str) -> str:
    values = {
        "vrm": "OA30 AAA",
        "action": "STOP",
        "reason": "Stolen",
        "weed_date": "2027-01-31",
    } | cells
    return ",".join(values.get(name, "") for name in FIELDS)


def read(content: bytes | str, **changes: Any) -> list[ListRow | Rejected | Passed]:
    file = io.BytesIO(content.encode() if isinstance(content, str) else content)
    return list(rows_of(file, encoding_of(file), reading(**changes)))


def row(text: str, **changes: Any) -> ListRow:
    (answer,) = read(text, **changes)
    assert isinstance(answer, ListRow), answer
    return answer


def why(text: str, **changes: Any) -> str:
    (answer,) = read(text, **changes)
    assert isinstance(answer, Rejected)
    return answer.why


def test_a_standard_row_becomes_an_entry():
    found = row(
        "oa30 aaa,FORD,FOCUS,BLUE,SILENT,VI WE,Burglary,A11,Two men,FX North,31/01/2027,"
        "PNC1,RESTRICTED,CAD9,Keep away,REF7"
    )
    assert (found.vrm, found.action, found.warning_markers) == ("OA30AAA", "silent", ("VI", "WE"))
    assert found.information == "Two men\nInstructions: Keep away\nCAD: CAD9\nPNC ID: PNC1"
    assert (found.reference, found.grading, found.marking) == ("REF7", "1AP", "OFFICIAL-SENSITIVE")
    assert found.weed_at == datetime(2027, 2, 1, tzinfo=UTC)
    assert any("A11 became 1AP" in note for note in found.notes)
    assert any("RESTRICTED became OFFICIAL-SENSITIVE" in note for note in found.notes)


@pytest.mark.parametrize("text", ["2027-06-30", "30/06/2027", "20270630", "30/6/2027"])
def test_a_day_of_any_kind_ends_with_its_last_instant_in_the_forces_zone(text: str):
    assert row(line(weed_date=text)).weed_at == datetime(2027, 6, 30, 23, tzinfo=UTC)


def test_a_time_of_day_is_kept():
    assert row(line(weed_date="2027-06-30T12:30")).weed_at == datetime(
        2027, 6, 30, 11, 30, tzinfo=UTC
    )
    assert row(line(weed_date="2027-06-30T12:30:00Z")).weed_at.hour == 12


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"weed_date": "12/31/2026"}, "no real date"),
        ({"weed_date": "30/02/2027"}, "no real date"),
        ({"weed_date": "2026-11-21"}, "is over"),
        ({"weed_date": "2030-01-01"}, "further ahead"),
        ({"weed_date": ""}, "no weed date"),
        ({"vrm": ""}, "no registration mark"),
        ({"vrm": "OA30 AAAA 123456"}, "at most 12"),
        ({"vrm": "ÖA30"}, "only the letters"),
        ({"vrm": "=HYPERLINK(1)"}, "a formula"),
        ({"reason": ""}, "no reason"),
        ({"action": ""}, "no action"),
        ({"action": "CHASE"}, "none of"),
        ({"make": "A,B"}, "17 columns where 16"),
        ({"make": "x" * 2001}, "longer than 2000"),
        ({"make": "a\0b"}, "control characters"),
        ({"make": '"open'}, "quotation mark"),
    ],
)
def test_what_is_wrong_is_said(cells: dict[str, str], words: str):
    assert words in why(line(**cells))


def test_a_rejection_never_repeats_the_mark():
    assert "ZZ99" not in why(line(vrm="ZZ99-ZZZ-ZZZZ-ZZZZ"))


def test_a_formula_in_a_cell_is_kept_as_text_and_flagged():
    found = row(line(make="=1+1", model="-5"))
    assert (found.make, found.model) == ("=1+1", "-5")
    assert found.notes == ("Make looks like a formula; it is kept as plain text",)


def test_defaults_fill_empty_cells():
    found = row(
        line(action="", reason="", weed_date=""),
        default_action="observe",
        default_reason="Daily file",
        default_weed_at=AT + timedelta(days=1),
    )
    assert (found.action, found.reason) == ("observe", "Daily file")
    assert found.weed_at == AT + timedelta(days=1)


def test_a_separator_at_the_end_of_every_line_is_no_column():
    shape = shape_of(io.BytesIO((line() + ",").encode()), "utf-8")
    assert (shape.columns, shape.width) == (STANDARD, 17)
    assert row(line() + ",", width=17).vrm == "OA30AAA"
    assert "16 columns where 17" in why(line(), width=17)


def test_for_a_deletion_the_mark_is_enough():
    assert row("OA30 AAA", marks_only=True).vrm == "OA30AAA"


def test_one_open_quotation_mark_spoils_one_line():
    answers = read("\n".join([line(make='"open'), line(), line()]))
    assert [type(one) for one in answers] == [Rejected, ListRow, ListRow]


def test_a_line_without_end_is_rejected_and_the_next_is_read():
    answers = read(line() + "x" * (3 * LONGEST_LINE) + "\r\n" + line())
    assert [type(one) for one in answers] == [Rejected, ListRow]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_the_encoding_is_found_and_told(encoding: str, told: str):
    content = (line(make="Škoda") + "\r\n").encode(encoding)
    assert encoding_of(io.BytesIO(content)) == told
    (found,) = read(content)
    assert isinstance(found, ListRow)
    assert found.make == "Škoda"


def test_the_standard_header_is_known_and_passed_over():
    shape = shape_of(io.BytesIO(f"{HEADER}\n{line()}\n".encode()), "utf-8")
    assert shape.columns == STANDARD
    assert len(shape.header) == 16
    assert read(f"{HEADER}\n", has_header=True) == [Passed(1, header=True)]


def test_rows_without_header_are_the_standard_ones():
    shape = shape_of(io.BytesIO(line().replace(",", "|").encode()), "utf-8")
    assert (shape.columns, shape.header, shape.separator) == (STANDARD, (), "|")


@pytest.mark.parametrize("first", ["Kennzeichen;Grund", "OA30 AAA,Stolen", "Reg,Colour,Shoe size"])
def test_another_order_of_columns_must_be_told(first: str):
    assert shape_of(io.BytesIO(first.encode()), "utf-8").columns is None


def test_old_labels_become_new_ones():
    assert list_labels.grading("E41") == ("2DP", "the 5x5x5 grading E41 became 2DP")
    assert list_labels.grading("B24")[0] == "1AC"
    assert list_labels.grading("3EC") == ("3EC", "")
    assert list_labels.marking("not protectively marked")[0] == "OFFICIAL"
    assert list_labels.marking("Official-Sensitive") == ("OFFICIAL-SENSITIVE", "")


@given(content=st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_every_line_is_accounted_for_whatever_the_bytes(content: bytes):
    file = io.BytesIO(content)
    encoding = encoding_of(file)
    shape = shape_of(file, encoding)
    answers = list(
        rows_of(file, encoding, reading(separator=shape.separator, has_header=bool(shape.header)))
    )
    text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, errors="replace").read()
    assert len(answers) == len(text.split("\n")) - (not text or text.endswith("\n"))
    assert [one.line for one in answers] == list(range(1, len(answers) + 1))


_cells = st.sampled_from(
    [
        "OA30AAA",
        "",
        "=1",
        "2027-01-31",
        "31/01/2027",
        '"',
        '"a"',
        "STOP",
        "\u2028",
        "é",
        "\0",
        "A11",
    ]
) | st.text(max_size=8)


@given(rows=st.lists(st.lists(_cells, min_size=14, max_size=18), max_size=6))
def test_every_row_of_cells_is_answered(rows: list[list[str]]):
    lines = [",".join(cells).replace("\n", " ").replace("\r", " ") for cells in rows]
    answers = read("".join(f"{one}\n" for one in lines).encode("utf-8", "replace"))
    assert len(answers) == len(lines)
    for one in answers:
        if isinstance(one, ListRow):
            assert one.vrm.isalnum()
            assert AT < one.weed_at <= AT + timedelta(days=365)
            assert one.reason
