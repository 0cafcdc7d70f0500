"""What may be attached is told from the content."""

import io
import zipfile

import pytest

from openanpr.governance.files import MOST_BYTES, FileProblem, kind_of


def packed(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG\r\n\x1a\n...", "png"),
        (b"\xff\xd8\xff\xe0...", "jpg"),
        (b"month;thefts\nMay;12\n", "txt"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (packed("[Content_Types].xml", "word/document.xml"), "docx"),
    ],
)
def test_a_kind_that_is_taken(content: bytes, kind: str) -> None:
    assert kind_of(io.BytesIO(content)) == kind


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00", "not taken"),
        (b"a" * (MOST_BYTES + 1), "larger than 10 MB"),
        (packed("a.txt"), "Packed files"),
        (packed("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "macros"),
        (b"PK\x03\x04 no archive", "damaged"),
        (b"text with \x00 in it", "not taken"),
        ("café".encode("latin-1"), "not taken"),
    ],
)
def test_a_kind_that_is_not(content: bytes, says: str) -> None:
    with pytest.raises(FileProblem, match=says):
        kind_of(io.BytesIO(content))
