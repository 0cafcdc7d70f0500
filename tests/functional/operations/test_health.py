"""The page of health and its command, on the real database and a real ingest process."""

import json
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from typer.testing import CliRunner

from openanpr.access.vocabulary import Role
from openanpr.cli.health import app
from openanpr.config.values import get_settings
from openanpr.operations.looking import looked_up
from tests.factories.accounts import client_as, make_user
from tests.factories.cameras import make_camera, make_reader, make_site, profile_in_force


@pytest.mark.usefixtures("db")
def test_the_page_says_what_is_wrong_and_names_no_place() -> None:
    profile_in_force()
    make_camera(make_reader(), site=make_site("S1", name="Secret Bridge"))
    page = client_as(make_user(roles=(Role.SYSTEM_MANAGER,))).get(reverse("health"))
    text = page.content.decode()
    assert page.status_code == 200
    assert "0 of 1 live cameras are heard." in text
    assert "Receipts names those that are silent" in text
    assert "It does not answer." in text  # no ingest runs at the settings' port
    assert "Secret Bridge" not in text


@pytest.mark.usefixtures("db")
def test_the_command_says_the_same_for_programs() -> None:
    ran = CliRunner().invoke(app, ["--format", "json"])
    told = {one["name"]: one for one in json.loads(ran.stdout)}
    assert ran.exit_code == 1
    assert told["Ingest"]["grade"] == "act"
    assert told["Clock"]["grade"] == "good"
    assert told["Backups"]["todo"]


@pytest.mark.usefixtures("cluster")
def test_a_database_that_does_not_answer_is_a_finding_and_no_fault() -> None:
    # The fixture `db` is not asked for: every question to the database fails here.
    from django.db import DatabaseError

    from openanpr.operations import looking

    class Away:
        def cursor(self) -> None:
            raise DatabaseError("away")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(looking, "connection", Away())
        facts = looked_up(get_settings(), at=datetime.now(UTC))
    assert facts.database_at is None
    assert facts.disks[0].total > 0
