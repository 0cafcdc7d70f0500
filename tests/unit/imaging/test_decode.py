"""Pictures from bytes: what is taken, what is refused and why."""

import struct
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openanpr.imaging import PictureProblem, decode, load, probe


def gradient(width: int = 160, height: int = 90) -> np.ndarray:
    ramp = np.linspace(0, 255, width, dtype=np.uint8)
    return np.repeat(np.tile(ramp, (height, 1))[:, :, None], 3, axis=2)


def coded(extension: str, picture: np.ndarray | None = None) -> bytes:
    done, data = cv2.imencode(extension, gradient() if picture is None else picture)
    assert done
    return data.tobytes()


@pytest.mark.parametrize(
    ("extension", "name"), [(".jpg", "JPEG"), (".png", "PNG"), (".bmp", "BMP"), (".webp", "WebP")]
)
def test_a_picture_says_its_format_and_size_before_it_is_decoded(extension: str, name: str) -> None:
    data = coded(extension)
    kind = probe(data)
    assert (kind.format, kind.width, kind.height) == (name, 160, 90)
    picture = decode(data)
    assert picture.shape == (90, 160, 3)
    assert abs(int(picture[45, 150, 1]) - int(gradient()[45, 150, 1])) < 12


@pytest.mark.parametrize("extension", [".jpg", ".png", ".bmp", ".webp"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_picture_cut_off_is_refused(extension: str, share: float) -> None:
    noise = np.random.default_rng(5).integers(0, 255, (90, 160, 3), dtype=np.uint8)
    data = coded(extension, noise)
    with pytest.raises(PictureProblem):
        decode(data[: int(len(data) * share)])


def test_what_is_no_picture_is_refused_in_plain_words() -> None:
    with pytest.raises(PictureProblem, match="empty"):
        decode(b"")
    with pytest.raises(PictureProblem, match="no JPEG, PNG, WebP or BMP"):
        decode(b"image,plate,x,y,w,h\n")
    with pytest.raises(PictureProblem, match="no JPEG, PNG, WebP or BMP"):
        decode(b"RIFF\x10\x00\x00\x00AVI LIST")


def test_a_file_of_50_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "large.jpg"
    with large.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(PictureProblem, match="52,428,800 bytes"):
        load(large)
    with pytest.raises(PictureProblem, match="limit of 10"):
        decode(coded(".png"), max_bytes=10)


def test_a_picture_that_claims_a_billion_pixels_is_refused_before_decoding() -> None:
    data = bytearray(coded(".png"))
    data[16:24] = struct.pack(">II", 40_000, 40_000)
    with pytest.raises(PictureProblem, match="40000 x 40000"):
        decode(bytes(data))


def test_a_missing_file_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(PictureProblem, match="no such file"):
        load(tmp_path / "none.jpg")
    with pytest.raises(PictureProblem):
        load(tmp_path)


@given(st.binary(max_size=400), st.sampled_from([b"", b"\xff\xd8", b"BM", b"RIFF", b"\x89PNG"]))
def test_no_bytes_break_the_decoder(data: bytes, magic: bytes) -> None:
    try:
        picture = decode(magic + data)
    except PictureProblem:
        return
    assert picture.ndim == 3
