"""Archives of revision files: only what was agreed, and never more than was said."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openanpr.adapters import list_zip
from openanpr.adapters.list_zip import BadArchive, deltas_in, is_archive, unpack

ROW = b"OA30AAA\n"


def archive(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as target:
        for name, content in files:
            target.writestr(name, content)
    return made


def test_files_come_in_the_order_in_which_they_are_applied():
    made = archive(("7_mids_D.dat", ROW), ("7_mids_A.dat", ROW), ("7_mids_R.dat", ROW))
    assert is_archive(made)
    found = deltas_in(made)
    assert [one.operation for one in found] == ["R", "A", "D"]
    assert {(one.source, one.list_name) for one in found} == {("7", "mids")}
    target = io.BytesIO()
    unpack(made, found[0], target)
    assert target.getvalue() == ROW


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "empty"),
        ([("../7_a_R.dat", ROW)], "path"),
        ([("x/7_a_R.dat", ROW)], "path"),
        ([("inner.zip", ROW)], "another archive"),
        ([("list.csv", ROW)], "not called"),
        ([("7_a_R.dat", b"\0" * 10_000_000)], "packed more than"),
        ([("7_a_R.dat", ROW), ("8_a_A.dat", ROW)], "more than one list"),
        ([("7_a_R.dat", ROW), ("7_a_r.dat", ROW)], "same operation"),
        ([(f"7_{one}_R.dat", ROW) for one in "abcd"], "at most 3"),
    ],
)
def test_other_archives_are_refused_whole(files: list[tuple[str, bytes]], words: str):
    with pytest.raises(BadArchive, match=words):
        deltas_in(archive(*files))


def test_the_total_is_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(list_zip, "LARGEST_TOTAL", 10)
    with pytest.raises(BadArchive, match="1 GB"):
        deltas_in(archive(("7_a_R.dat", ROW), ("7_a_A.dat", ROW)))


def test_a_file_larger_than_it_says_is_refused():
    made = archive(("7_a_R.dat", ROW * 50), method=zipfile.ZIP_STORED)
    (found,) = deltas_in(made)
    lying = list_zip.DeltaFile(
        name=found.name, source="7", list_name="a", operation="R", size=found.size - 1
    )
    with pytest.raises(BadArchive, match="larger than it says"):
        unpack(made, lying, io.BytesIO())


@given(place=st.integers(0, 150), byte=st.integers(0, 255), cut=st.integers(0, 100))
def test_a_damaged_archive_is_read_or_refused_and_nothing_else(place: int, byte: int, cut: int):
    content = bytearray(archive(("7_a_R.dat", ROW * 40)).getvalue())
    content[place % len(content)] = byte
    damaged = io.BytesIO(bytes(content[: len(content) - cut]))
    with contextlib.suppress(BadArchive):
        for one in deltas_in(damaged):
            unpack(damaged, one, io.BytesIO())
