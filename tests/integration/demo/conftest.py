"""Seeding runs as the owner of the tables; in these tests `default` is otherwise the web role."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from openanpr.config.values import Settings


@pytest.fixture
def as_owner(db: None) -> Iterator[None]:
    """The default connection is the owner's while the test runs."""
    from django.db import connections

    web = connections["default"]
    connections["default"] = connections["owner"]
    try:
        yield
    finally:
        connections["default"] = web


@pytest.fixture
def demo_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a data folder that was made for a demonstration."""
    from openanpr.demo.guard import claim_data_folder
    from openanpr.hotlists.services import snapshots

    settings = Settings(data_dir=tmp_path / "data")
    claim_data_folder(settings)
    monkeypatch.setattr(snapshots, "get_settings", lambda: settings)
    return settings
