"""What one server and a cluster answer; the rest of the store's tests run on either."""

import pytest
from typer.testing import CliRunner

from openanpr.cli.store import app
from openanpr.config.values import get_settings
from openanpr.reads import distribution

pytestmark = pytest.mark.usefixtures("db")


def test_a_server_without_citus_is_told_what_to_do(cluster, monkeypatch):
    if getattr(cluster, "workers", 0):
        answer = CliRunner().invoke(app, ["distribute"])
        assert (answer.exit_code, "nothing was changed" in answer.stdout) == (0, True)
        return
    answer = CliRunner().invoke(app, ["distribute"])
    assert (answer.exit_code, "no Citus" in answer.stderr) == (1, True)


def test_every_policy_of_reads_stands_in_a_form_that_this_store_takes(cluster, superuser):
    found = set(distribution.policies_of_reads(superuser))
    if getattr(cluster, "workers", 0):
        assert found == set(distribution.POLICY_NAMES)
    else:
        assert set(distribution.POLICY_NAMES) <= found
    assert get_settings().data_dir.exists()
