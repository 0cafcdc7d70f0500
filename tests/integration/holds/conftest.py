from datetime import UTC, datetime

import pytest

from openanpr.access.bands import retention_edge
from openanpr.access.vocabulary import Rank, Role
from openanpr.policy.queries import profile_in_force
from openanpr.retention.certificates import signing_key
from openanpr.retention.run import Stores
from tests.factories.casework import StoredReads, make_casework
from tests.factories.holds import Holding
from tests.factories.images import make_images


@pytest.fixture
def casework(db):
    return make_casework(datetime.now(UTC))


@pytest.fixture
def stored(casework, superuser):
    return StoredReads(superuser)


@pytest.fixture
def profile(casework):
    return profile_in_force(at=casework.at)


@pytest.fixture
def edge(profile, casework):
    return retention_edge(at=casework.at, profile=profile)


@pytest.fixture
def ada(casework):
    return casework.person("ada", roles=(Role.ANALYST,), rank=Rank.INSPECTOR)


@pytest.fixture
def holding(casework, ada, superuser):
    return Holding(casework, ada, superuser)


@pytest.fixture
def stores(connect_as, tmp_path):
    return Stores(
        connection=connect_as("openanpr_retention"),
        images=make_images(tmp_path),
        snapshots=tmp_path / "snapshots",
        key=signing_key("A" * 43),
    )
