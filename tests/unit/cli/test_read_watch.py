"""``openanpr read --watch``: each file once and whole, breaks of a stream, a clean end, memory."""

import datetime
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import cv2
import numpy as np
import pytest
from click.testing import Result
from tests.unit.reading.fakes import fake_reader, scene
from typer.testing import CliRunner

from openanpr.capture.frames import Frame, SourceProblem
from openanpr.cli import read as command
from openanpr.cli import watch_stream
from openanpr.cli.read_sources import Source
from openanpr.cli.watch_folder import FILM_AT_REST, PICTURE_AT_REST, WatchedFolder
from openanpr.cli.watch_stream import WatchedStream, told_address
from openanpr.reading import Reader, VehicleRead
from openanpr.rendering.plates import render_plate
from openanpr.rendering.styles import demo_style
from openanpr.vrm import fictional

START = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
TOP = Path(__file__).parents[3]


def names(found: list[Source]) -> list[str]:
    return [source.path.name for source in found]


def test_a_picture_is_given_out_once_when_its_size_has_settled(tmp_path: Path) -> None:
    folder = WatchedFolder(str(tmp_path))
    part = tmp_path / "a.jpg"
    part.write_bytes(b"half")
    assert folder.whole(0) == []
    part.write_bytes(b"half and more")
    assert folder.whole(PICTURE_AT_REST) == []
    assert names(folder.whole(2 * PICTURE_AT_REST)) == ["a.jpg"]
    assert folder.whole(99) == []


def test_a_film_must_rest_longer(tmp_path: Path) -> None:
    folder = WatchedFolder(str(tmp_path))
    (tmp_path / "a.avi").write_bytes(b"film")
    (tmp_path / "b.png").write_bytes(b"picture")
    assert folder.whole(0) == []
    assert names(folder.whole(PICTURE_AT_REST)) == ["b.png"]
    assert names(folder.whole(FILM_AT_REST)) == ["a.avi"]


def test_renaming_shows_a_file_and_never_shows_it_again(tmp_path: Path) -> None:
    folder = WatchedFolder(str(tmp_path))
    (tmp_path / "a.jpg.part").write_bytes(b"whole")
    assert folder.whole(0) == folder.whole(10) == []
    (tmp_path / "a.jpg.part").rename(tmp_path / "a.jpg")
    assert folder.whole(11) == []
    assert names(folder.whole(12)) == ["a.jpg"]
    (tmp_path / "a.jpg").rename(tmp_path / "b.jpg")
    assert folder.whole(13) == folder.whole(20) == []


def test_empty_hidden_and_other_files_are_passed_over(tmp_path: Path) -> None:
    folder = WatchedFolder(str(tmp_path))
    (tmp_path / "empty.jpg").touch()
    (tmp_path / ".hidden.jpg").write_bytes(b"x")
    (tmp_path / "notes.txt").write_bytes(b"x")
    assert folder.whole(0) == folder.whole(10) == []


def test_what_was_there_can_be_passed_over(tmp_path: Path) -> None:
    (tmp_path / "old.jpg").write_bytes(b"old")
    later = WatchedFolder(str(tmp_path), only_new=True)
    (tmp_path / "new.jpg").write_bytes(b"new")
    assert later.whole(0) == []
    assert names(later.whole(1)) == ["new.jpg"]


def test_the_oldest_comes_first(tmp_path: Path) -> None:
    for age, name in enumerate(["b.jpg", "c.jpg", "a.jpg"]):
        (tmp_path / name).write_bytes(name.encode())
        os.utime(tmp_path / name, (1_000 + age, 1_000 + age))
    folder = WatchedFolder(str(tmp_path))
    folder.whole(0)
    assert names(folder.whole(1)) == ["b.jpg", "c.jpg", "a.jpg"]


def test_what_is_gone_is_forgotten_but_not_with_the_whole_folder(tmp_path: Path) -> None:
    place = tmp_path / "in"
    place.mkdir()
    folder = WatchedFolder(str(place))
    for number in range(50):
        (place / f"{number}.jpg").write_bytes(b"x")
    folder.whole(0)
    assert len(folder.whole(1)) == len(folder._done) == 50
    place.rename(tmp_path / "away")
    assert folder.whole(2) == []
    (tmp_path / "away").rename(place)
    assert folder.whole(3) == folder.whole(9) == []
    for number in range(48):
        (place / f"{number}.jpg").unlink()
    assert folder.whole(10) == []
    assert len(folder._done) == 2
    assert folder._waiting == {}


class Camera:
    """A camera that breaks off after each film and then stops the watch."""

    endless = True

    def __init__(self, films: list[list[tuple[float, np.ndarray]]], stop: Event) -> None:
        self.films = films
        self.stop = stop

    def frames(self, stop: Event) -> Iterator[Frame]:
        if not self.films:
            raise SourceProblem("the camera does not answer at its address")
        for index, (seconds, picture) in enumerate(self.films.pop(0)):
            yield Frame(picture, START + datetime.timedelta(seconds=seconds), seconds, index)
        if not self.films:
            self.stop.set()
            return
        raise SourceProblem("the camera sends no more frames")


def passing(mark: str, start: float) -> list[tuple[float, np.ndarray]]:
    return [
        (start + n / 12, scene((mark, 40 + 20 * n, 60 + 10 * n), width=70 + 4 * n))
        for n in range(14)
    ]


def watched(
    films: list[list[tuple[float, np.ndarray]]], monkeypatch: pytest.MonkeyPatch
) -> tuple[list[VehicleRead], list[str]]:
    monkeypatch.setattr(watch_stream, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(watch_stream, "LONGEST_PAUSE", 0.02)
    stop, said = Event(), list[str]()
    stream = WatchedStream(Camera(films, stop), fake_reader(), say=said.append)
    return list(stream.reads(stop)), said


def test_a_stream_is_opened_again_and_loses_no_vehicle(monkeypatch: pytest.MonkeyPatch) -> None:
    reads, said = watched([passing("OA30AAA", 0), passing("XK44LMN", 60)], monkeypatch)
    assert [read.vrm for read in reads] == ["OA30AAA", "XK44LMN"]
    assert said[0].startswith("the camera sends no more frames; trying again in")
    assert said[1] == "the camera is back"


def test_whoever_is_in_view_at_a_break_is_told_before_the_pause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(watch_stream, "FIRST_PAUSE", 0.01)
    stop, order = Event(), list[str]()
    films = [passing("OA30AAA", 0)[:8], passing("XK44LMN", 60)[:8]]
    stream = WatchedStream(Camera(films, stop), fake_reader(), say=order.append)
    for read in stream.reads(stop):
        order.append(read.vrm)
    assert order[0] == "OA30AAA"
    assert "trying again" in order[1]
    assert order[2:] == ["the camera is back", "XK44LMN"]


def test_a_parked_car_is_told_once_through_a_break(monkeypatch: pytest.MonkeyPatch) -> None:
    parked = [(n / 4, scene(("OA30AAA", 40, 200 + n % 2))) for n in range(12)]
    later = [(seconds + 30, picture) for seconds, picture in parked]
    reads, _ = watched([parked, later], monkeypatch)
    assert [read.vrm for read in reads] == ["OA30AAA"]


def test_pauses_grow_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    class Impatient(Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout or 0.0)
            if len(waits) == 10:
                self.set()
            return self.is_set()

    stop = Impatient()
    stream = WatchedStream(Camera([], stop), fake_reader(), say=lambda _: None)
    assert list(stream.reads(stop)) == []
    for wait, plain in zip(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60, 60], strict=True):
        assert 0.8 * plain <= wait <= 1.2 * plain


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("rtsp://name:secret@camera:554/a?token=secret", "rtsp://camera:554/a"),
        ("http://secret@camera/", "http://camera/"),
        ("rtsp://name:secret@camera:99999999/a", "rtsp://…"),
    ],
)
def test_the_address_is_told_without_what_is_secret(address: str, shown: str) -> None:
    assert told_address(address) == shown


@pytest.mark.parametrize(
    "arguments",
    [
        ["--watch", "none"],
        ["--watch", "ftp://camera/a"],
        ["--watch", ".", "src"],
        ["--watch", ".", "--format", "table"],
        ["--watch", ".", "--annotate", "out"],
        ["--watch", "rtsp://camera/a", "--crop"],
        [".", "--only-new"],
    ],
)
def test_wrong_usage_is_code_2(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "src").mkdir()
    monkeypatch.setattr(Reader, "open", lambda *_, **__: fake_reader())
    result: Result = CliRunner().invoke(command.app, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""


class Watching:
    """The command in a process of its own."""

    def __init__(self, path: Path, *, code: str, out: Path) -> None:
        self.out = out
        self.errors = out.with_suffix(".err")
        with out.open("wb") as told, self.errors.open("wb") as wrong:
            self.process = subprocess.Popen(
                [sys.executable, "-c", code, "read", "--watch", str(path)],
                stdout=told,
                stderr=wrong,
                cwd=TOP,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(["src", "."])},
            )

    def reads(self) -> list[dict[str, object]]:
        lines = self.out.read_text().split("\n")
        return [json.loads(line) for line in lines[:-1]]

    def wait_for(self, count: int) -> list[dict[str, object]]:
        for _ in range(600):
            if len(reads := self.reads()) >= count:
                return reads
            assert self.process.poll() is None, self.errors.read_text()
            time.sleep(0.1)
        raise AssertionError(f"{len(reads)} reads instead of {count}")

    def memory(self) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        (line,) = [line for line in status.splitlines() if line.startswith("VmRSS:")]
        return int(line.split()[1])

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=60)


REAL = "from openanpr.cli.main import main; main()"
FAKE = (
    "from openanpr.reading import Reader; from tests.unit.reading.fakes import fake_reader;"
    "Reader.open = lambda *a, **k: fake_reader();" + REAL
)


def rendered(number: int, mark: str) -> np.ndarray:
    rng = np.random.default_rng(number)
    plate = render_plate(mark, style=demo_style(number), rng=rng).image
    field = np.full((384, 640, 3), 90, np.uint8)
    width = 160 + number % 40
    small = cv2.resize(plate, (width, 40), interpolation=cv2.INTER_AREA)
    x, y = 60 + 7 * number % 380, 40 + 11 * number % 280
    field[y : y + 40, x : x + width] = small
    return field


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_watch_well(number: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    watching = Watching(tmp_path / "in", code=FAKE, out=tmp_path / "out")
    (tmp_path / "in" / "cut.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    assert cv2.imwrite(str(tmp_path / "in" / "a.png"), scene(("OA30AAA", 40, 200)))
    (read,) = watching.wait_for(1)
    assert (read["vrm"], read["source"]) == ("OA30AAA", str(tmp_path / "in" / "a.png"))
    assert watching.end(number) == 0
    told = watching.errors.read_text()
    assert "cut.png" in told
    assert "ended after 1 reads" in told
    assert "Traceback" not in told


def test_memory_stays_flat_and_each_picture_is_read_once(tmp_path: Path) -> None:
    made, place = tmp_path / "made", tmp_path / "in"
    made.mkdir()
    place.mkdir()
    marks = fictional.marks(7)
    watching = Watching(place, code=REAL, out=tmp_path / "out")
    sizes: list[int] = []
    total = 0
    for batch in range(5):
        for _ in range(60):
            path = made / f"{total:03d}.jpg"
            assert cv2.imwrite(str(path), rendered(total, next(marks)))
            total += 1
        # Every picture is copied, and so is first seen half written, or renamed, and whole.
        for path in sorted(made.iterdir()):
            if batch % 2:
                path.rename(place / path.name)
            else:
                shutil.copyfile(path, place / path.name)
                path.unlink()
        # Not every rendered plate is read; the last one of a batch is seen to be done by then.
        watching.wait_for(int(0.8 * total))
        last = place / f"zz{batch}.jpg"
        assert cv2.imwrite(str(last), rendered(1, "OA30AAA"))
        for _ in range(600):
            if any(read["source"] == str(last) for read in watching.reads()):
                break
            time.sleep(0.1)
        sizes.append(watching.memory())
    assert watching.end(signal.SIGTERM) == 0
    sources = [read["source"] for read in watching.reads()]
    assert len(sources) == len(set(sources))
    assert len(sources) >= 0.9 * total
    # The first batch also loads what is needed once.
    assert sizes[-1] < 1.2 * sizes[1]
