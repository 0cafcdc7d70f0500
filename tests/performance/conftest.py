"""Folders for measurements."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that the database's own user may pass; pytest's own ones are closed to it."""
    with tempfile.TemporaryDirectory(prefix="openanpr-test-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder
