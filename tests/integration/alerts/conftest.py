from datetime import UTC, datetime

import pytest

from tests.factories.alerts import World, make_world


@pytest.fixture
def at() -> datetime:
    """The moment of the test."""
    return datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


@pytest.fixture
def world(db: None, at: datetime) -> World:
    """A force, two units, a profile in force."""
    return make_world(at)
