"""Starts the crowd of screens and reads what they heard."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from openanpr.alerts import tickets
from openanpr.cli.bench_alert_seeding import Officer
from openanpr.config.values import get_settings
from openanpr.web.clock import now


class CrowdOfScreens:
    """Open streams, one for each officer."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._said: dict[str, Any] | None = None

    def end(self) -> dict[str, Any]:
        """Close every stream: ``heard`` (a list a screen) and how many had ``ended`` before."""
        if self._said is None:
            out, _ = self._process.communicate("end\n", timeout=60)
            self._said = json.loads(out)
        return self._said

    def heard(self) -> list[tuple[float, str]]:
        """What the first screen heard; closes them all."""
        return [(at, data) for at, data in self.end()["heard"][0]]

    def shown(self) -> dict[str, float]:
        """Plain clients show nothing."""
        return {}


@contextmanager
def crowd_of(officers: Sequence[Officer]) -> Iterator[CrowdOfScreens]:
    """A screen for each officer, all of them open. Raises RuntimeError when they cannot be."""
    settings = get_settings()
    at = now()
    issued = [
        tickets.issue(tickets.Ticket(user_id=one.user_id, session_key=one.session_key), at=at)
        for one in officers
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "openanpr.cli.bench_alert_crowd"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the screens have no line to us")
        address = f"http://{settings.host}:{settings.live_port}/alerts/stream"
        process.stdin.write(json.dumps({"address": address, "tickets": issued}) + "\n")
        process.stdin.flush()
        if process.stdout.readline().strip() != "ready":
            raise RuntimeError("the screens did not open")
        yield CrowdOfScreens(process)
    finally:
        process.kill()
        process.wait()
