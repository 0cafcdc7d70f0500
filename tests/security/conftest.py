from datetime import UTC, datetime

import pytest

from tests.factories.alerts import World, make_world
from tests.factories.casework import Casework, StoredReads, make_casework


@pytest.fixture
def world(db: None) -> World:
    """Lists, hits and officers of the present hour, since pages take the time from the clock."""
    return make_world(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture
def casework(db: None) -> Casework:
    """Investigations and cameras of the present moment."""
    return make_casework(datetime.now(UTC))


@pytest.fixture
def stored(casework: Casework, superuser: object) -> StoredReads:
    """Puts reads past every fence."""
    return StoredReads(superuser)  # type: ignore[arg-type]
