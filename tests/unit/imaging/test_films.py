"""Films as runs of frames."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from openanpr.imaging import Film, PictureProblem, is_film


def written(path: Path, count: int = 6, rate: float = 12.0) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"FFV1"), rate, (64, 48))
    assert writer.isOpened()
    for number in range(count):
        writer.write(np.full((48, 64, 3), 20 * number, np.uint8))
    writer.release()
    return path


def test_a_film_gives_its_frames_with_their_times(tmp_path: Path) -> None:
    film = Film(written(tmp_path / "a.avi"))
    frames = list(film.frames())
    assert (film.rate, film.length) == (12.0, 6)
    assert [frame.index for frame in frames] == list(range(6))
    assert frames[3].seconds == pytest.approx(0.25)
    assert [int(frame.picture[0, 0, 0]) for frame in frames] == [0, 20, 40, 60, 80, 100]


def test_what_is_no_film_is_refused_in_silence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.avi").touch()
    (tmp_path / "text.mp4").write_text("no film")
    for name, words in [("empty.avi", "empty"), ("text.mp4", "neither"), ("none.avi", "no such")]:
        with pytest.raises(PictureProblem, match=words):
            list(Film(tmp_path / name).frames())
    assert capfd.readouterr().err == ""


def test_a_film_is_known_by_its_name_or_its_first_bytes(tmp_path: Path) -> None:
    film = written(tmp_path / "a.avi")
    bare = tmp_path / "bare"
    bare.write_bytes(film.read_bytes())
    assert is_film(film)
    assert is_film(bare)
    assert is_film(tmp_path / "missing.MP4")
    assert not is_film(tmp_path / "missing")
    (tmp_path / "notes").write_text("RIFF is a word too")
    assert not is_film(tmp_path / "notes")
