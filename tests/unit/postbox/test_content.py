"""Files are what their content is; what runs, hides or is broken is refused in plain words."""

import zlib

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openanpr.postbox.content import MAX_BYTES, CheckedFile, FileRefused, checked


def picture(suffix: str = ".jpg", side: int = 40) -> bytes:
    return cv2.imencode(suffix, np.full((side, side, 3), 90, np.uint8))[1].tobytes()


def pdf(inside: bytes = b"<</Type/Catalog>>") -> bytes:
    return b"%PDF-1.4\n1 0 obj\n" + inside + b"\nendobj\ntrailer\n%%EOF\n"


def packed(inside: bytes) -> bytes:
    return pdf(b"<</Filter/FlateDecode>>\nstream\n" + zlib.compress(inside) + b"\nendstream")


def with_place(data: bytes) -> bytes:
    """A JPEG with a segment such as telephones write."""
    said = b"Exif\0\0GPSLatitude 51.5"
    return data[:2] + b"\xff\xe1" + (len(said) + 2).to_bytes(2, "big") + said + data[2:]


@pytest.mark.parametrize(
    ("data", "name", "kind", "kept_as"),
    [
        (picture(), "DSC_1.JPG", "jpeg", "DSC_1.jpg"),
        (picture(".png"), "letter.pdf", "jpeg", "letter.jpg"),
        (pdf(), "../../etc/passwd", "pdf", "passwd.pdf"),
        (packed(b"BT (a letter) Tj ET"), "C:\\letters\\one.pdf", "pdf", "one.pdf"),
        ("Dear sir, £5".encode(), "note.html", "txt", "note.txt"),
        (b"plain", "", "txt", "file.txt"),
        (b"plain", "<b>.txt", "txt", "b.txt"),
    ],
)
def test_what_is_taken_is_named_by_what_it_is(data, name, kind, kept_as) -> None:
    found = checked(data, name=name)
    assert (found.kind, found.name) == (kind, kept_as)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"x" * (MAX_BYTES + 1), "larger than 8 MB"),
        (picture()[:200], "picture can't be used"),
        (b"\xff\xd8<script>", "picture can't be used"),
        (pdf()[:-8], "cut off"),
        (pdf(b"<</Encrypt 5 0 R>>"), "password"),
        (pdf(b"<</S/JavaScript/JS(app.alert(1))>>"), "run something"),
        (pdf(b"<</S/J#61vaScript>>"), "run something"),
        (packed(b"<</S/Launch/F(cmd.exe)>>"), "run something"),
        (pdf(b"<</Type/EmbeddedFile>>"), "run something"),
        (b"MZ\x90\x00program", "picture (JPEG or PNG), a PDF or plain text"),
        (b"PK\x03\x04archive", "picture (JPEG or PNG), a PDF or plain text"),
        (b"\xd0\xcf\x11\xe0word", "picture (JPEG or PNG), a PDF or plain text"),
    ],
)
def test_what_is_not_taken_is_refused_with_what_to_do(data, says) -> None:
    with pytest.raises(FileRefused, match=says.replace("(", r"\(").replace(")", r"\)")):
        checked(data, name="file")


def test_a_packed_flood_is_not_unpacked_whole() -> None:
    bomb = pdf(
        b"".join(b"stream\n" + zlib.compress(bytes(3_000_000)) + b"\nendstream\n" for _ in range(3))
    )
    with pytest.raises(FileRefused, match="too large to be looked into"):
        checked(bomb, name="bomb.pdf")


def test_a_picture_loses_what_the_telephone_wrote_into_it() -> None:
    assert b"GPSLatitude" not in checked(with_place(picture()), name="a.jpg").content


@given(st.one_of(st.binary(max_size=400), st.binary(max_size=200).map(pdf)))
def test_any_bytes_are_taken_or_refused_and_nothing_else(data) -> None:
    assert isinstance(outcome(data), CheckedFile | str)


def outcome(data: bytes) -> CheckedFile | str:
    try:
        return checked(data, name="x")
    except FileRefused as refused:
        return str(refused)
