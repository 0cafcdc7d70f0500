"""The real ingest process under its real server, on a loopback port, with the test's database."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import httpx
import pytest
from tests.factories.cameras import profile_in_force
from tests.functional.ingest.served import Served

from openanpr.config.postgres.cluster import Cluster

Serve = Callable[..., Served]


@contextmanager
def serving(data_dir: Path, **options: str) -> Iterator[Served]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "openanpr.config.settings.ingest",
        "OPENANPR_DATA_DIR": str(data_dir),
        "OPENANPR_INGEST_POLL_SECONDS": "0.03",
        **{f"OPENANPR_INGEST_{name.upper()}": value for name, value in options.items()},
    }
    log_path = data_dir / f"ingest-{port}.log"
    with log_path.open("wb") as log:
        process = _start(port, environment, data_dir, log)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            _wait_until_it_listens(client, process)
            yield Served(client=client, port=port, log_path=log_path)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _start(
    port: int, environment: dict[str, str], folder: Path, log: IO[bytes]
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi"),
            *("--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "48"),
            *("--backpressure", "96", "--no-access-log", "--workers-kill-timeout", "5"),
            "openanpr.config.wsgi_ingest:application",
        ],
        env=environment,
        cwd=folder,
        stdout=log,
        stderr=log,
    )


def _wait_until_it_listens(client: httpx.Client, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            client.get("/v1/time")
        except httpx.TransportError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


@pytest.fixture(scope="session")
def shared_ingest(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    from openanpr.config.values import get_settings

    with serving(get_settings().data_dir) as served:
        yield served


@pytest.fixture
def ingest(shared_ingest: Served, db: None) -> Iterator[Served]:
    """The ingest process, with a profile in force and an empty database."""
    profile_in_force()
    yield shared_ingest
    # It writes notes by itself; none may be under way while the database is emptied.
    shared_ingest.come_to_rest()


@pytest.fixture
def serve_ingest(db: None, data_dir: Path) -> Iterator[Serve]:
    """Start an ingest process of one's own with other options."""
    with ExitStack() as stack:

        def serve(**options: str) -> Served:
            profile_in_force()
            return stack.enter_context(serving(data_dir, **options))

        yield serve
