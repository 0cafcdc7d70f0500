"""Law-abiding traffic stays invisible: an officer's role opens alerts and nothing else."""

import pytest

from openanpr.access.vocabulary import Role
from openanpr.web.permissions import declared_urls


@pytest.mark.security
def test_an_alert_user_reaches_alerts_and_their_pictures_only() -> None:
    """A new address for this role must be weighed here: none may list reads that hit nothing."""
    open_to_them = {
        url.name
        for url in declared_urls()
        if url.permission is not None and Role.ALERT_USER in url.permission.roles
    }
    assert open_to_them == {
        "alerts",
        "alert",
        "alert_rows",
        "alert_pictures",
        "alert_ticket",
        "alerts_car",
        "alert_acknowledge",
        "alert_assign",
        "alert_check",
        "alert_outcome",
        "read_image",
    }
