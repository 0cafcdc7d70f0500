"""An installation without a profile shows nothing, and says so instead of breaking."""

import pytest
from tests.factories.accounts import client_as, make_user

from openanpr.access.vocabulary import Role

pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.parametrize(
    ("role", "path"), [(Role.ALERT_USER, "/alerts/"), (Role.AUDITOR, "/audit/")]
)
def test_without_a_profile_pages_say_that_nothing_can_be_decided(role, path):
    answer = client_as(make_user(roles=[role])).get(path)
    assert answer.status_code == 503
    text = answer.content.decode()
    assert "no profile of the access rules is in force" in text
    assert "system manager" in text
