"""A whole installation as `make run` starts it, in a scratch folder and on free ports."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx

from openanpr.demo.logins import Login, code_of

START_LIMIT_S = 180.0


@dataclass
class Installation:
    """One running demonstration."""

    data_dir: Path
    environment: dict[str, str]
    web: str
    process: subprocess.Popen[bytes]
    given: dict[str, str] = field(default_factory=dict)

    def login(self, username: str) -> Login:
        text = (self.data_dir / "demo" / "logins.json").read_text(encoding="utf-8")
        found = next(one for one in json.loads(text) if one["username"] == username)
        return Login(**found)

    def code(self, username: str) -> str:
        """A code that this person has not used: each is good once, and the next is waited for."""
        while True:
            code = code_of(self.login(username), at=datetime.now(UTC)).digits
            if code != self.given.get(username):
                self.given[username] = code
                return code
            time.sleep(0.5)

    def openanpr(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the product beside the running installation."""
        return subprocess.run(
            [sys.executable, "-m", "openanpr", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def logs(self) -> str:
        return "\n".join(
            f"== {path.name}\n" + "\n".join(path.read_text(errors="replace").splitlines()[-15:])
            for path in sorted((self.data_dir / "logs").glob("*.log"))
        )


@contextmanager
def running_demo() -> Iterator[Installation]:
    """Start `openanpr serve --demo`, wait until its pages answer, stop it with Ctrl-C after."""
    folder = Path(tempfile.mkdtemp(prefix="openanpr-system-"))
    folder.chmod(0o711)
    web, ingest, live = free_ports(3)
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("OPENANPR_", "DJANGO_"))
    } | {
        "OPENANPR_DATA_DIR": str(folder / "data"),
        "OPENANPR_WEB_PORT": str(web),
        "OPENANPR_INGEST_PORT": str(ingest),
        "OPENANPR_LIVE_PORT": str(live),
    }
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "openanpr", "serve", "--demo"],
            env=environment,
            stdout=log,
            stderr=log,
        )
    installation = Installation(folder / "data", environment, f"http://localhost:{web}", process)
    try:
        wait_until_answering(installation, folder / "serve.log")
        yield installation
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def wait_until_answering(installation: Installation, log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline:
        if installation.process.poll() is not None:
            raise AssertionError(f"serve ended:\n{log.read_text()}\n{installation.logs()}")
        try:
            if httpx.get(f"{installation.web}/account/login/").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"serve did not answer:\n{log.read_text()}\n{installation.logs()}")


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()
