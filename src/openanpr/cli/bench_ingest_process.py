"""The ingest process of a measurement: started as in service, waited for, stopped or killed."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

import msgspec

from openanpr.config.postgres.cluster import Cluster
from openanpr.config.supervisor import granian
from openanpr.config.values import get_settings

_THREADS: Final = 48
_READY_S: Final = 60.0
_DURABLE: Final = ("fsync", "synchronous_commit", "full_page_writes")


class BenchRefused(Exception):
    """Figures that would mean nothing; the text says why."""


def durability(cluster: Cluster) -> dict[str, str]:
    """What the server says of writing through to disk. Raises BenchRefused where one is off."""
    with cluster.connect_as_superuser() as connection:
        rows = connection.execute(
            "select name, setting from pg_settings where name = any (%s)", (list(_DURABLE),)
        ).fetchall()
    found = dict(rows)
    if off := [name for name in _DURABLE if found.get(name) != "on"]:
        raise BenchRefused(f"{', '.join(off)} not on: acknowledged would not mean on disk")
    return found


def free_port() -> int:
    """A port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class IngestServer:
    """One ingest process with its server's own children."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._log = get_settings().data_dir / "bench-ingest.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; returns at once."""
        command = granian(
            "wsgi",
            "openanpr.config.wsgi_ingest:application",
            host="127.0.0.1",
            port=self.port,
            threads=_THREADS,
        )
        ours = {
            "DJANGO_SETTINGS_MODULE": "openanpr.config.settings.ingest",
            "OPENANPR_DATA_DIR": str(get_settings().data_dir),
        }
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, env=os.environ | ours, stdout=log, stderr=log, start_new_session=True
            )

    def wait_until_ready(self, *, listed: int) -> None:
        """Wait until it takes batches and knows that many entries. Raises BenchRefused."""
        deadline = time.monotonic() + _READY_S
        said = "nothing"
        while time.monotonic() < deadline and self._runs():
            try:
                facts = self.health()
            except urllib.error.HTTPError as not_ready:
                said = not_ready.read().decode()
            except (OSError, msgspec.DecodeError):
                pass  # not listening yet
            else:
                if facts["snapshot_entries"] == listed:
                    return
            time.sleep(0.1)
        log = self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:]
        end = "\n".join(log)
        raise BenchRefused(f"the ingest process did not become ready; it said {said}\n{end}")

    def health(self) -> dict[str, Any]:
        """What it says of itself. Raises urllib.error.HTTPError (503) or OSError."""
        address = f"http://127.0.0.1:{self.port}/health"
        with urllib.request.urlopen(address, timeout=5) as answer:
            facts: dict[str, Any] = msgspec.json.decode(answer.read())
        return facts

    @property
    def pid(self) -> int:
        """Process number of the server; 0 when it does not run."""
        return 0 if self._process is None else self._process.pid

    def stop(self) -> None:
        """End it in good order; what it leaves is killed."""
        if self._process is not None:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=30)
        self.kill()

    def kill(self) -> None:
        """SIGKILL for the server and its children at once."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def _runs(self) -> bool:
        return self._process is not None and self._process.poll() is None


@contextmanager
def ingest_server(port: int, *, listed: int) -> Iterator[IngestServer]:
    """The ingest process as it runs in service, ready to match; stopped when the block ends."""
    server = IngestServer(port)
    server.start()
    try:
        server.wait_until_ready(listed=listed)
        yield server
    finally:
        server.stop()
