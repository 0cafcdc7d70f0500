"""The embedded PostgreSQL as an operator meets it: started, killed, shared, refused."""

import os
import shutil
import signal
import stat
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from openanpr.config.database import DatabaseRole, dsn
from openanpr.config.postgres.binaries import NoServer, find_binaries
from openanpr.config.postgres.cluster import Cluster
from openanpr.config.postgres.layout import ClusterLayout
from openanpr.config.postgres.roles import prepare_database
from openanpr.config.values import Settings


@pytest.fixture
def settings():
    # Not pytest's own scratch folder: each run of pytest closes that one to other users again.
    folder = Path(tempfile.mkdtemp(prefix="openanpr-cluster-"))
    folder.chmod(0o711)
    yield Settings(data_dir=folder)
    shutil.rmtree(folder)


def test_data_survive_a_killed_server(settings):
    cluster = Cluster(settings)
    with cluster.in_use():
        with cluster.connect_as_superuser() as connection:
            connection.execute("create table kept (n int)")
            connection.execute("insert into kept select generate_series(1, 100)")
        pid = cluster.postmaster_pid()
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        while cluster.postmaster_pid() is not None:
            time.sleep(0.01)
        cluster.ensure_running()
        with cluster.connect_as_superuser() as connection:
            assert connection.execute("select count(*) from kept").fetchone() == (100,)
    assert cluster.postmaster_pid() is None


def test_the_last_user_out_stops_it(settings):
    first, second = Cluster(settings), Cluster(settings)
    with first.in_use():
        pid = first.postmaster_pid()
        with second.in_use():
            assert second.postmaster_pid() == pid
        assert first.postmaster_pid() == pid
    assert first.postmaster_pid() is None


def test_a_role_needs_its_password_and_the_socket_is_closed_to_others(settings):
    cluster = Cluster(settings)
    with cluster.in_use():
        prepare_database(cluster, settings)
        right = dsn(DatabaseRole.SEARCH, settings)
        with psycopg.connect(right) as connection:
            assert connection.execute("select current_user").fetchone() == ("openanpr_search",)
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(psycopg.conninfo.make_conninfo(right, password="a guess"))
        assert stat.S_IMODE(cluster.layout.socket_dir.stat().st_mode) == 0o700


def test_no_role_but_the_owner_makes_tables(settings):
    cluster = Cluster(settings)
    with cluster.in_use():
        prepare_database(cluster, settings)
        for role in DatabaseRole:
            with psycopg.connect(dsn(role, settings), autocommit=True) as connection:
                if role is DatabaseRole.OWNER:
                    connection.execute("create table t (n int)")
                    continue
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute("create table mine (n int)")
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute("create temporary table mine (n int)")


def test_a_folder_of_another_version_is_refused_in_plain_words(settings):
    layout = ClusterLayout.of(settings.data_dir)
    foreign = layout.cluster_dir(11)
    foreign.mkdir(parents=True)
    (foreign / "PG_VERSION").write_text("11\n", encoding="ascii")
    with pytest.raises(NoServer, match="made by PostgreSQL 11"):
        find_binaries(layout)


def test_a_long_path_gets_a_short_socket_folder(settings):
    deep = settings.data_dir / ("x" * 60) / ("y" * 60)
    layout = ClusterLayout.of(deep)
    assert len(os.fsencode(layout.socket_dir)) < 90
    assert not layout.socket_dir.is_relative_to(layout.home)
