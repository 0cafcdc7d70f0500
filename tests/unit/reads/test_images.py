"""The folder of pictures."""

import hashlib
from pathlib import Path

import pytest

from openanpr.reads.images import FolderImageStore, ImageDamagedError


def test_what_is_put_is_found_by_its_hash(tmp_path: Path) -> None:
    store = FolderImageStore(tmp_path)
    sha256 = store.put(b"a picture")
    assert sha256 == hashlib.sha256(b"a picture").hexdigest()
    assert store.open(sha256) == b"a picture"
    assert store.put(b"a picture") == sha256


def test_files_lie_by_hash_and_are_nobody_elses(tmp_path: Path) -> None:
    sha256 = FolderImageStore(tmp_path).put(b"a picture")
    (path,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert path == tmp_path / sha256[:2] / sha256[2:4] / f"{sha256}.jpg"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0


def test_nothing_is_found_under_an_unknown_hash(tmp_path: Path) -> None:
    assert FolderImageStore(tmp_path).open("0" * 64) is None


@pytest.mark.security
def test_a_changed_file_is_not_shown(tmp_path: Path) -> None:
    store = FolderImageStore(tmp_path)
    sha256 = store.put(b"a picture")
    (path,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    path.write_bytes(b"another one")
    with pytest.raises(ImageDamagedError):
        store.open(sha256)


@pytest.mark.security
@pytest.mark.parametrize("name", ["../../secret", "", "A" * 64, "0" * 63])
def test_only_a_hash_names_a_picture(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        FolderImageStore(tmp_path).open(name)
