"""Frames from folders, films and the demo world, each with its times."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event

import cv2
import numpy as np
import pytest

from openanpr.capture.frames import Frame, Pause, SourceProblem
from openanpr.capture.settings import AgentSettings, CameraSettings
from openanpr.capture.sources import open_source
from openanpr.capture.stream import CameraStream
from tests.unit.capture.conftest import CAMERA, READER


def _settings(source: str, folder: Path, **more: object) -> AgentSettings:
    camera = CameraSettings(camera=CAMERA, source=source, frame_rate=100.0, **more)  # type: ignore[arg-type]
    return AgentSettings(
        reader=READER,
        key_file="key.pem",
        ingest_url="http://127.0.0.1:1",
        cameras=(camera,),
        folder=folder,
    )


def _all(settings: AgentSettings) -> list[Frame | Pause]:
    return list(open_source(settings.cameras[0], settings).frames(Event()))


def _write_picture(path: Path, shade: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(path), np.full((40, 60, 3), shade, np.uint8))


def test_a_folder_gives_its_pictures_by_name_each_for_itself(tmp_path: Path) -> None:
    for number, name in enumerate(("b.jpg", "a.png", "below/c.jpg")):
        _write_picture(tmp_path / name, 40 * number)
    (tmp_path / "notes.txt").write_text("no picture")
    (tmp_path / ".hidden.jpg").write_bytes(b"no picture either")

    *frames, last = _all(_settings(str(tmp_path), tmp_path))

    assert isinstance(last, Pause)
    names = [frame.name for frame in frames if isinstance(frame, Frame)]
    assert names == ["a.png", "b.jpg", "c.jpg"]
    assert all(isinstance(frame, Frame) and frame.alone for frame in frames)


def test_a_sequence_is_followed_as_a_film(tmp_path: Path) -> None:
    _write_picture(tmp_path / "1.png", 10)

    frame = _all(_settings(str(tmp_path), tmp_path, pictures="sequence"))[0]

    assert isinstance(frame, Frame)
    assert not frame.alone


def test_a_file_that_is_no_picture_is_passed_over_and_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "bad.jpg").write_bytes(b"not a picture")
    _write_picture(tmp_path / "good.png", 10)

    found = _all(_settings(str(tmp_path), tmp_path))

    assert [frame.name for frame in found if isinstance(frame, Frame)] == ["good.png"]
    assert "bad.jpg" in caplog.text


def test_times_are_utc_and_the_monotonic_ones_rise(tmp_path: Path) -> None:
    for number in range(3):
        _write_picture(tmp_path / f"{number}.png", number)
    before = datetime.now(UTC)

    frames = [f for f in _all(_settings(str(tmp_path), tmp_path)) if isinstance(f, Frame)]

    assert before <= frames[0].captured_at <= frames[-1].captured_at <= datetime.now(UTC)
    assert frames[0].captured_at.tzinfo is UTC
    assert [f.index for f in frames] == [0, 1, 2]
    assert frames[0].monotonic < frames[1].monotonic < frames[2].monotonic


def test_a_film_is_played_with_its_own_times(tmp_path: Path) -> None:
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 50.0, (64, 48))
    for shade in (10, 90, 170):
        writer.write(np.full((48, 64, 3), shade, np.uint8))
    writer.release()

    *frames, last = _all(_settings(str(path), tmp_path))

    assert isinstance(last, Pause)
    times = [frame.captured_at for frame in frames if isinstance(frame, Frame)]
    assert [round((t - times[0]).total_seconds() * 1000) for t in times] == [0, 20, 40]


def test_a_folder_without_pictures_and_a_path_that_is_not_there_are_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceProblem, match="no pictures"):
        _all(_settings("empty", tmp_path))
    with pytest.raises(SourceProblem, match="nothing at"):
        _all(_settings("elsewhere", tmp_path))


def test_a_camera_that_does_not_answer_is_told_without_its_password() -> None:
    camera = CameraStream("rtsp://user:hidden@127.0.0.1:9/stream", rate=5.0)
    with pytest.raises(SourceProblem) as problem:
        next(iter(camera.frames(Event())))
    assert "hidden" not in str(problem.value)


@pytest.fixture
def camera_address() -> Iterator[str]:
    """A camera that sends motion JPEG over HTTP, as many do: ten pictures, then silence."""

    class Camera(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
            self.end_headers()
            for shade in range(0, 250, 25):
                coded = cv2.imencode(".jpg", np.full((48, 64, 3), shade, np.uint8))[1].tobytes()
                head = (
                    f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(coded)}\r\n\r\n"
                )
                self.wfile.write(head.encode() + coded + b"\r\n")

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Camera)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/video.mjpg"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_live_camera_gives_its_frames_until_it_falls_silent(camera_address: str) -> None:
    frames: list[Frame | Pause] = []
    stream = CameraStream(camera_address, rate=100.0)
    with pytest.raises(SourceProblem, match="no more frames"):
        frames.extend(stream.frames(Event()))

    assert stream.endless  # so the agent opens it again
    assert frames
    assert all(isinstance(f, Frame) and f.image.shape == (48, 64, 3) for f in frames)


def test_an_unknown_demo_scene_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceProblem, match="no demo camera"):
        _all(_settings("demo:moon", tmp_path))


def test_a_demo_camera_rests_until_a_vehicle_comes_and_stops_when_told(tmp_path: Path) -> None:
    settings = _settings("demo:drove-north", tmp_path)
    stop = Event()
    seen: list[Frame | Pause] = []
    for item in open_source(settings.cameras[0], settings).frames(stop):
        seen.append(item)
        stop.set()

    assert len(seen) == 1
    assert isinstance(seen[0], Frame)
    assert seen[0].image.shape == (720, 1280, 3)
