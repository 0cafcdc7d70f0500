"""A centre of its own for the tests: second data folder, second cluster, its two processes."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg

from openanpr.config.database import DATABASE
from openanpr.config.postgres.cluster import Cluster
from openanpr.config.postgres.roles import prepare_database
from openanpr.config.values import Settings
from tests.system.installation import free_ports

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
CONTROLLER = "Chief Constable of Fictional Constabulary"
_PROFILE = """
from datetime import UTC, datetime, timedelta
from openanpr.config.boot import set_up_django
set_up_django("owner")
from openanpr.config.installation import bring_up_to_date
from openanpr.config.values import get_settings
bring_up_to_date(get_settings())
from openanpr.audit.services import AuditActor
from openanpr.policy.services import install_shipped_profile
at = datetime.now(UTC)
install_shipped_profile(name="essex-2y", actor=AuditActor.system("test"), proposed_by="a",
    approved_by="b", takes_effect_at=at - timedelta(days=1), at=at, reason="Test")
"""


@dataclass
class Centre:
    """The other instance. Its processes can be killed and started again."""

    data_dir: Path
    port: int
    cluster: Cluster
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        clean = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("OPENANPR_", "DJANGO_"))
        }
        return clean | {
            "OPENANPR_DATA_DIR": str(self.data_dir),
            "OPENANPR_CENTRE": "true",
            "OPENANPR_INGEST_POLL_SECONDS": "0.05",
        }

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, name: str) -> None:
        arguments = {
            "ingest": [
                *("granian", "--interface", "wsgi", "--host", "127.0.0.1"),
                *("--port", str(self.port), "--blocking-threads", "48", "--no-access-log"),
                "openanpr.config.wsgi_ingest:application",
            ],
            "federation": ["openanpr.config.federation"],
        }[name]
        with (self.data_dir / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                env=self.environment
                | {"DJANGO_SETTINGS_MODULE": f"openanpr.config.settings.{name}"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """As a power cut would: with its children, at once."""
        process = self.running.pop(name)
        os.killpg(process.pid, 9)
        process.wait(20)

    def wait_until_it_listens(self) -> None:
        wait_for(self._listens)

    def _listens(self) -> bool:
        try:
            return httpx.get(f"{self.url}/v1/time", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self.cluster.connect_as_superuser(DATABASE) as connection:
            return connection.execute(query, values).fetchall()

    def admit(self, public_key: str, *, code: str = "FX", feed: int = 7) -> str:
        return self.run(
            *("-m", "openanpr", "federation", "admit", "--code", code),
            *("--name", f"Fictional Constabulary {code}", "--controller", CONTROLLER),
            *("--feed", str(feed), "--public-key", public_key),
        )


@contextmanager
def running_centre() -> Iterator[Centre]:
    with tempfile.TemporaryDirectory(prefix="openanpr-centre-") as scratch:
        Path(scratch).chmod(0o711)
        settings = Settings(data_dir=Path(scratch) / "data")
        cluster = Cluster(settings, options=FAST)
        with cluster.in_use():
            prepare_database(cluster, settings)
            centre = Centre(settings.data_dir, free_ports(1)[0], cluster)
            centre.run("-c", _PROFILE)
            for name in ("ingest", "federation"):
                centre.start(name)
            try:
                centre.wait_until_it_listens()
                yield centre
            finally:
                for name in list(centre.running):
                    centre.kill(name)


def wait_for(condition: Callable[[], bool], *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to it"
        time.sleep(0.05)


def one(connection: psycopg.Connection[Any], query: str) -> Any:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]
