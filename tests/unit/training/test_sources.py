import hashlib
import tomllib
from pathlib import Path

import cv2
import numpy as np
import pytest
from training import sources

ROOT = Path(__file__).resolve().parents[3]


def _digests(path: Path) -> set[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {line.split()[0] for line in lines if line and not line.startswith("#")}


def _picture(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (24, 40, 3)).astype(np.uint8)


def test_nothing_kept_for_checking_was_trained_on() -> None:
    trained = _digests(ROOT / "training" / "licences.sha256")
    kept = sources.check_only_hashes()

    assert len(kept) > 3000
    assert not trained & kept


def test_the_list_of_pictures_agrees_with_the_manifest() -> None:
    models = ROOT / "src" / "openanpr" / "reading" / "models"
    manifest = tomllib.loads((models / "manifest.toml").read_text(encoding="utf-8"))
    named = {source["name"] for source in manifest["provenance"]["sources"]}
    trained = _digests(ROOT / "training" / "licences.sha256")

    assert "rendered by openanpr.rendering" in named
    assert bool(trained) == (len(named) > 1)
    assert all(source["licence"] for source in manifest["provenance"]["sources"])


def test_the_models_are_those_of_the_manifest_and_small() -> None:
    models = ROOT / "src" / "openanpr" / "reading" / "models"
    manifest = tomllib.loads((models / "manifest.toml").read_text(encoding="utf-8"))

    files = [models / manifest[name]["file"] for name in ("detector", "recogniser")]

    for name, path in zip(("detector", "recogniser"), files, strict=True):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == manifest[name]["sha256"]
    assert sum(path.stat().st_size for path in files) <= 8_000_000


def test_every_picture_trained_on_has_a_licence() -> None:
    lines = (ROOT / "training" / "licences.sha256").read_text(encoding="utf-8").splitlines()

    for line in lines:
        if not line.startswith("#"):
            digest, name, licence = line.split(" ", 2)
            assert len(digest) == 64
            assert name.startswith("romania/")
            assert licence.startswith("MIT")


def test_the_loader_refuses_a_file_kept_for_checking(tmp_path: Path) -> None:
    path = tmp_path / "one.png"
    cv2.imwrite(str(path), _picture(1))
    forbidden = frozenset({hashlib.sha256(path.read_bytes()).hexdigest()})

    with pytest.raises(sources.CheckOnlyError, match="must not be trained on"):
        sources.load_picture(path, forbidden)


def test_the_loader_refuses_the_same_pixels_in_another_wrapping(tmp_path: Path) -> None:
    picture = _picture(2)
    path = tmp_path / "two.bmp"
    cv2.imwrite(str(path), picture)

    with pytest.raises(sources.CheckOnlyError):
        sources.load_picture(path, frozenset({sources.pixels_digest(picture)}))


def test_the_loader_takes_another_picture(tmp_path: Path) -> None:
    path = tmp_path / "three.png"
    cv2.imwrite(str(path), _picture(3))

    image, digest = sources.load_picture(path, sources.check_only_hashes())

    assert np.array_equal(image, _picture(3))
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest()


def test_what_is_no_picture_is_said(tmp_path: Path) -> None:
    path = tmp_path / "four.jpg"
    path.write_bytes(b"no picture")

    with pytest.raises(ValueError, match="no picture"):
        sources.load_picture(path, frozenset())


def test_a_data_set_with_a_forbidden_frame_stops_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "train" / "romania" / "frames"
    folder.mkdir(parents=True)
    cv2.imwrite(str(folder / "0.png"), _picture(4))
    (folder.parent / "boxes.csv").write_text("image,x,y,w,h\nframes/0.png,2,3,10,4\n")
    assert len(sources.load_sources(tmp_path).frames) == 1

    listed = tmp_path / "kept.sha256"
    listed.write_text(f"{sources.pixels_digest(_picture(4))} p frames/0.png\n")
    monkeypatch.setattr(sources, "check_only_hashes", lambda: _digests(listed))

    with pytest.raises(sources.CheckOnlyError):
        sources.load_sources(tmp_path)


def test_without_data_there_are_no_pictures() -> None:
    assert sources.load_sources(None).frames == []
