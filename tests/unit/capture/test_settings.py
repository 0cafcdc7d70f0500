"""The agent's settings file and key are checked before anything starts."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from openanpr.capture.settings import SettingsProblem, load_key, load_settings
from tests.unit.capture.conftest import KEY, READER

GOOD = f"""
reader = "{READER}"
key_file = "keys/a.pem"
ingest_url = "http://127.0.0.1:8421"
[[cameras]]
camera = "84/1/1"
source = "demo:drove-north"
"""


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "agent.toml"
    path.write_text(text)
    return path


def test_paths_are_relative_to_the_settings_file(tmp_path: Path) -> None:
    settings = load_settings(_file(tmp_path, GOOD))

    assert settings.path(settings.key_file) == tmp_path / "keys" / "a.pem"
    assert settings.cameras[0].frame_rate == 10


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("ingest_url", "ingest_uri"), "ingest_ur"),
        (('"84/1/1"', '"84"'), "camera"),
        (("http://", "ftp://"), "ingest_url"),
        ((str(READER), "me"), "reader"),
        (("[[cameras]]", "[[cameras]]\nframe_rate = 0.0"), "frame_rate"),
        (("reader", "folder = 1\nreader"), "folder"),
        (("reader", "= reader"), "TOML"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    with pytest.raises(SettingsProblem, match=says):
        load_settings(_file(tmp_path, GOOD.replace(*change)))


def test_two_cameras_of_one_name_are_refused(tmp_path: Path) -> None:
    camera = GOOD[GOOD.index("[[cameras]]") :]
    with pytest.raises(SettingsProblem, match="same name"):
        load_settings(_file(tmp_path, GOOD + camera))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsProblem, match="cannot be read"):
        load_settings(tmp_path / "none.toml")


def _key_file(tmp_path: Path, data: bytes, mode: int = 0o600) -> Path:
    path = tmp_path / "key.pem"
    path.write_bytes(data)
    path.chmod(mode)
    return path


def _pem(key: object) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())  # type: ignore[attr-defined, no-any-return]


def test_a_private_key_is_read(tmp_path: Path) -> None:
    key = load_key(_key_file(tmp_path, _pem(KEY)))
    assert key.public_key().public_bytes_raw() == KEY.public_key().public_bytes_raw()


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsProblem, match="0600"):
        load_key(_key_file(tmp_path, _pem(KEY), 0o640))


def test_another_kind_of_key_is_refused(tmp_path: Path) -> None:
    other = generate_private_key(public_exponent=65537, key_size=2048)
    with pytest.raises(SettingsProblem, match="Ed25519"):
        load_key(_key_file(tmp_path, _pem(other)))
    with pytest.raises(SettingsProblem, match="PEM"):
        load_key(_key_file(tmp_path, b"nothing"))
