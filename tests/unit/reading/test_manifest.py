"""The models' manifest: whatever does not fit is a clear error and never a fall-back."""

import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openanpr.reading import Manifest, ModelProblem, Reader
from openanpr.reading import load_manifest as load_trusted
from openanpr.reading.manifest import checked_bytes
from openanpr.reading.signing import sign_manifest

GOOD = """
version = "2026.11.22.1"
[detector]
file = "detector.onnx"
sha256 = "{digest}"
input_height = 384
input_width = 640
stride = 8
threshold = 0.4
[recogniser]
file = "recogniser.onnx"
sha256 = "{digest}"
height = 48
width = 144
slots = 10
alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
countries = ["GB", "other"]
temperature = 1.0
readable_threshold = 0.5
"""


def written(folder: Path, text: str = GOOD, content: bytes = b"no network") -> Path:
    for name in ("detector.onnx", "recogniser.onnx"):
        (folder / name).write_bytes(content)
    digest = hashlib.sha256(b"no network").hexdigest()
    (folder / "manifest.toml").write_text(text.replace("{digest}", digest))
    sign_manifest(folder, Ed25519PrivateKey.generate(), replace_key=True)
    return folder


def load_manifest(folder: Path) -> Manifest:
    return load_trusted(folder, trusted=folder / "signing-key.pub")


def test_a_manifest_tells_version_files_and_shapes(tmp_path: Path) -> None:
    manifest = load_manifest(written(tmp_path))
    assert manifest.version == "2026.11.22.1"
    assert manifest.detector.path == tmp_path / "detector.onnx"
    assert (manifest.recogniser.width, manifest.recogniser.height) == (144, 48)
    assert checked_bytes(manifest.detector) == b"no network"


def test_a_missing_manifest_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelProblem, match="make train"):
        load_manifest(tmp_path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("input_width = 640", "input_width = 630"),
        ("input_width = 640", 'input_width = "wide"'),
        ("threshold = 0.4", "threshold = 4"),
        ("0123456789ABC", "ABC0123456789"),
        ('file = "detector.onnx"', 'file = "../detector.onnx"'),
        ("temperature = 1.0", "temperature = 0"),
        ('countries = ["GB", "other"]', "countries = 2"),
        ("[recogniser]", "[reader]"),
        ("slots = 10", ""),
        ("version =", "version"),
    ],
)
def test_a_wrong_manifest_is_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(ModelProblem, match="manifest"):
        load_manifest(written(tmp_path, GOOD.replace(old, new)))


def test_an_altered_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelProblem, match="SHA-256"):
        Reader.open(manifest=load_manifest(written(tmp_path, content=b"another network")))


def test_a_missing_model_is_refused(tmp_path: Path) -> None:
    (written(tmp_path) / "detector.onnx").unlink()
    with pytest.raises(ModelProblem, match="can't be read"):
        Reader.open(manifest=load_manifest(tmp_path))


def test_a_model_that_is_no_network_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelProblem, match="can't load"):
        Reader.open(manifest=load_manifest(written(tmp_path)))
