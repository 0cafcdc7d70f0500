from datetime import UTC, datetime

import pytest

from tests.factories.casework import StoredReads, make_casework


@pytest.fixture
def casework(db):
    return make_casework(datetime.now(UTC))


@pytest.fixture
def stored(casework, superuser):
    return StoredReads(superuser)
