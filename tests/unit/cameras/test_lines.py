"""A line of a register: every reason why it is wrong, and cells that are no formulas."""

import pytest

from openanpr.cameras.files import RegisterFileError, rows_of
from openanpr.cameras.lines import plain_cell, read_line, safe_cell
from openanpr.cameras.vocabulary import Carrier

GOOD = {
    "feed": "7",
    "source": "1",
    "number": "4",
    "name": "A12 camera 4",
    "carrier": "fixed",
    "area": "Chelmsford, north",
    "site_code": "A12-4",
    "site_name": "Gantry 4",
    "latitude": "51.75",
    "longitude": "-0.5",
    "covert": "no",
}


def test_a_good_line_is_read_whole() -> None:
    line, wrong = read_line(GOOD | {"view": "'=a footway", "extra": "ignored"})
    assert wrong == ()
    assert line is not None
    assert (line.key, line.carrier, line.longitude) == ("7/1/4", Carrier.FIXED, -0.5)
    assert line.view == "=a footway"


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"feed": "seven"}, "feed must be a whole number"),
        ({"number": "-1"}, "number must be a whole number"),
        ({"source": "²"}, "source must be a whole number"),
        ({"name": " "}, "name is missing"),
        ({"area": ""}, "area is missing"),
        ({"carrier": "balloon"}, "carrier must be one of fixed, portable, in-vehicle"),
        ({"latitude": "91"}, "latitude must be degrees from -90 to 90"),
        ({"longitude": "nan"}, "longitude must be degrees"),
        ({"covert": "perhaps"}, "covert must be yes or no"),
        ({"site_code": ""}, "site_code is missing"),
        ({"callsign": "FX21"}, "only a camera in a vehicle has one"),
        ({"carrier": "in-vehicle"}, "site_code is given, and a camera in a vehicle has none"),
        ({"view": "x" * 301}, "view is longer than 300"),
    ],
)
def test_a_wrong_line_says_why(cells: dict[str, str], says: str) -> None:
    line, wrong = read_line(GOOD | cells)
    assert line is None
    assert any(says in one for one in wrong), wrong


def test_every_reason_is_said_at_once() -> None:
    _, wrong = read_line({})
    assert len(wrong) == 7


@pytest.mark.parametrize("text", ["=1+1", "+44", "-x", "@sum", "\tx", "plain", "'quoted", ""])
def test_no_cell_is_a_formula_and_each_comes_back(text: str) -> None:
    assert not safe_cell(text).startswith(("=", "+", "-", "@", "\t"))
    assert plain_cell(safe_cell(text)) == text.strip()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "missing: feed"),
        (b"feed,source,number,name\n", "no line below"),
        (b"feed,source,number,name,colour\n1,2,3,x,red\n", "no column 'colour'"),
        ("feed,source,number,name\n1,2,3,é\n".encode("latin-1"), "UTF-8"),
        (b'feed,source,number,name\n1,2,3,"x\n', "not CSV"),
    ],
)
def test_a_file_that_is_no_register(content: bytes, says: str) -> None:
    with pytest.raises(RegisterFileError, match=says):
        rows_of(content)
