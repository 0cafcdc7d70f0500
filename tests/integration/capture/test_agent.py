"""The agent whole: rendered pictures through the real reader into a back office over HTTP."""

import hashlib
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import cv2
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from typer.testing import CliRunner

from openanpr.capture.agent import Agent
from openanpr.capture.settings import load_settings
from openanpr.cli.roadside import app
from openanpr.imaging import probe
from openanpr.rendering.scenes import Scene, Vehicle
from openanpr.rendering.scenes_camera import camera_style
from openanpr.rendering.scenes_vehicle import Look
from openanpr.vrm.fictional import marks
from tests.unit.capture.conftest import CAMERA, KEY, READER, BackOffice

VRM = next(marks(5))


@pytest.fixture(scope="module")
def passing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pictures of one vehicle on its way to the camera."""
    folder = tmp_path_factory.mktemp("passing")
    shown = Scene(3, camera_style("drove-north")).passes([Vehicle(VRM, Look("saloon", "blue", 0))])
    for number in range(int(shown.duration * 10)):
        assert cv2.imwrite(str(folder / f"{number:03}.png"), shown.frame(number / 10)[0])
    return folder


def _settings_file(tmp_path: Path, url: str, source: str, more: str = "") -> Path:
    key = tmp_path / "key.pem"
    key.touch(mode=0o600)
    key.write_bytes(KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    points = [{"t": 0, "lat": 52.0, "lon": 0.5}, {"t": 600, "lat": 52.1, "lon": 0.7}]
    (tmp_path / "track.json").write_text(json.dumps(points))
    path = tmp_path / "agent.toml"
    path.write_text(
        f'reader = "{READER}"\nkey_file = "key.pem"\ningest_url = "{url}"\n'
        f'[[cameras]]\ncamera = "{CAMERA}"\nsource = "{source}"\n{more}'
    )
    return path


def test_a_sequence_of_pictures_becomes_one_read_with_its_pictures(
    tmp_path: Path, back_office: BackOffice, passing: Path
) -> None:
    path = _settings_file(
        tmp_path,
        back_office.url,
        str(passing),
        'pictures = "sequence"\ndeadline = 30.0\ntrack = "track.json"\n',
    )
    agent = Agent(load_settings(path))
    agent.run()

    (read,) = back_office.reads.values()
    assert agent.failed == []
    assert (read.vrm, read.camera, read.sequence) == (VRM, CAMERA, 0)
    assert read.direction == "approaching"
    assert read.first_seen_at <= read.captured_at <= read.last_seen_at  # type: ignore[operator]
    assert 52.0 <= (read.latitude or 0) <= 52.1
    assert 0.5 <= (read.longitude or 0) <= 0.7
    for name, limit in ((read.patch_sha256, 3_000), (read.overview_sha256, 25_000)):
        assert name is not None
        data = back_office.images[name]
        assert hashlib.sha256(data).hexdigest() == name
        assert len(data) <= limit
    overview = probe(back_office.images[read.overview_sha256 or ""])
    x, y, width, height = read.box or (0, 0, 0, 0)
    assert 0 <= x < x + width <= overview.width
    assert 0 <= y < y + height <= overview.height


def test_independent_pictures_give_a_read_each(
    tmp_path: Path, back_office: BackOffice, passing: Path
) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name in sorted(passing.iterdir())[-3:-1]:
        (folder / name.name).write_bytes(name.read_bytes())
    path = _settings_file(tmp_path, back_office.url, "pictures")

    Agent(load_settings(path)).run()

    assert [read.vrm for read in back_office.reads.values()] == [VRM, VRM]


def test_the_command_stops_cleanly_on_a_signal_and_keeps_what_it_could_not_send(
    tmp_path: Path, passing: Path
) -> None:
    # Nobody listens at this address, so the read must wait in the spool.
    path = _settings_file(tmp_path, "http://127.0.0.1:9", str(passing), 'pictures = "sequence"\n')
    agent = subprocess.Popen(
        [sys.executable, "-m", "openanpr", "roadside", "--config", str(path)],
        stderr=subprocess.PIPE,
        text=True,
    )
    spool = tmp_path / "spool.sqlite"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not _reads_in(spool):
        time.sleep(0.1)
    agent.send_signal(signal.SIGTERM)
    _, told = agent.communicate(timeout=60)

    assert agent.returncode == 0
    assert _reads_in(spool) == 1
    assert VRM not in told


def _reads_in(spool: Path) -> int:
    import sqlite3

    if not spool.exists():
        return 0
    database = sqlite3.connect(f"file:{spool}?mode=ro", uri=True)
    try:
        return int(database.execute("SELECT count(*) FROM read").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        database.close()


def test_wrong_settings_end_with_a_plain_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--config", str(tmp_path / "none.toml")])
    assert result.exit_code == 1
    assert "cannot be read" in result.stderr


def test_a_source_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = _settings_file(tmp_path, "http://127.0.0.1:9", "demo:drove-north")
    result = CliRunner().invoke(app, ["--config", str(path), "--source", "/no/such/folder"])
    assert result.exit_code == 1
    assert "nothing at" in result.stderr
