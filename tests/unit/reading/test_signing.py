"""Signed models: only what the trusted key signed is run."""

import os
import re
import shutil
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.unit.reading.test_manifest import written
from typer.testing import CliRunner

from openanpr.cli import models as command
from openanpr.reading import ModelProblem, Reader, load_manifest
from openanpr.reading.signing import (
    MODELS,
    key_file,
    make_private_key,
    private_key,
    public_key,
    sign_manifest,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "models"
    shutil.copytree(MODELS, copy)
    return copy


def altered(path: Path) -> None:
    path.write_text(re.sub(r'^version = ".*"', 'version = "altered"', path.read_text()))


def test_the_models_of_the_program_are_signed_with_its_key(folder: Path) -> None:
    assert load_manifest().version
    assert Reader.open(folder).version == load_manifest().version


def test_an_altered_manifest_is_refused(folder: Path) -> None:
    altered(folder / "manifest.toml")
    with pytest.raises(ModelProblem, match="signature"):
        Reader.open(folder)


@pytest.mark.parametrize("content", [None, b"", b"no base64 at all!", b"QUFBQQ=="])
def test_a_missing_or_wrong_signature_is_refused(folder: Path, content: bytes | None) -> None:
    place = folder / "manifest.sig"
    place.unlink()
    if content is not None:
        place.write_bytes(content)
    with pytest.raises(ModelProblem, match=r"sign"):
        Reader.open(folder)


def test_a_key_beside_foreign_models_proves_nothing(folder: Path) -> None:
    altered(folder / "manifest.toml")
    sign_manifest(folder, Ed25519PrivateKey.generate(), replace_key=True)
    with pytest.raises(ModelProblem, match="another key"):
        Reader.open(folder)
    assert load_manifest(folder, trusted=folder / "signing-key.pub").version == "altered"


def test_a_signature_for_another_purpose_is_refused(folder: Path) -> None:
    import base64

    key = Ed25519PrivateKey.generate()
    sign_manifest(folder, key, replace_key=True)
    bare = key.sign((folder / "manifest.toml").read_bytes())
    (folder / "manifest.sig").write_bytes(base64.b64encode(bare))
    with pytest.raises(ModelProblem, match="wrong"):
        load_manifest(folder, trusted=folder / "signing-key.pub")


def test_an_altered_model_under_a_right_signature_is_refused(folder: Path) -> None:
    with (folder / "recogniser.onnx").open("ab") as file:
        file.write(b"more")
    with pytest.raises(ModelProblem, match="SHA-256"):
        Reader.open(folder)


def test_a_key_is_made_once_and_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "new" / "key"
    made = make_private_key(place)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert private_key(place).public_key() == made.public_key()
    with pytest.raises(ModelProblem, match="can't be made"):
        make_private_key(place)
    monkeypatch.setenv("OPENANPR_MODEL_KEY", str(place))
    assert key_file() == place
    monkeypatch.delenv("OPENANPR_MODEL_KEY")
    assert key_file().name == "model-signing.key"


def test_what_is_no_key_is_said_to_be_none(tmp_path: Path) -> None:
    place = tmp_path / "key"
    with pytest.raises(ModelProblem, match="can't be read"):
        private_key(place)
    place.write_text("no key")
    for look in (private_key, public_key):
        with pytest.raises(ModelProblem, match="holds no"):
            look(place)


def test_the_commands_sign_and_verify(folder: Path, tmp_path: Path) -> None:
    runner, key, other = CliRunner(), tmp_path / "key", tmp_path / "other"
    make_private_key(key)
    make_private_key(other)
    there = ["--models", str(folder)]
    public = ["--public-key", str(folder / "signing-key.pub")]
    refused = runner.invoke(command.app, ["sign", "--key", str(key), *there])
    assert refused.exit_code == 1
    assert "nothing was signed" in refused.stderr
    altered(folder / "manifest.toml")
    assert runner.invoke(command.app, ["verify", *there]).exit_code == 1
    signed = runner.invoke(command.app, ["sign", "--key", str(key), "--replace-key", *there])
    assert signed.exit_code == 0
    assert runner.invoke(command.app, ["verify", *there, *public]).exit_code == 0
    assert runner.invoke(command.app, ["verify", *there]).exit_code == 1
    again = runner.invoke(command.app, ["sign", "--key", str(key), *there])
    assert again.exit_code == 0
    assert runner.invoke(command.app, ["sign", "--key", str(other), *there]).exit_code == 1


def test_signing_makes_the_named_key_at_first_use(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "config" / "key"
    monkeypatch.setitem(os.environ, "OPENANPR_MODEL_KEY", str(place))
    arguments = ["sign", "--models", str(folder), "--replace-key"]
    made = CliRunner().invoke(command.app, arguments)
    assert made.exit_code == 0
    assert str(place) in made.stderr
    assert CliRunner().invoke(command.app, arguments).stderr == ""
    assert load_manifest(folder, trusted=folder / "signing-key.pub")


def test_files_that_are_not_the_manifest_s_are_not_signed(tmp_path: Path) -> None:
    key = tmp_path / "key"
    make_private_key(key)
    models = tmp_path / "models"
    models.mkdir()
    written(models, content=b"another network")
    (models / "manifest.sig").unlink()
    arguments = ["sign", "--models", str(models), "--key", str(key), "--replace-key"]
    told = CliRunner().invoke(command.app, arguments)
    assert told.exit_code == 1
    assert "SHA-256" in told.stderr
    assert not (models / "manifest.sig").exists()
