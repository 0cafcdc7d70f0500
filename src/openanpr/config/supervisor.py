"""Runs the processes of one installation: starts, watches, restarts and stops them.

Each process leads a session of its own, so that Ctrl-C in the terminal reaches this one alone,
which then stops the others in order; and each is told by the kernel when this one dies.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_STOP_TIMEOUT_S: Final = 15.0
_LONGEST_PAUSE_S: Final = 30.0
_STEADY_S: Final = 60.0
_LOG_LIMIT_BYTES: Final = 20_000_000
_LIBC: Final = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Program:
    """One process to keep running."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


class _Child:
    """A program and the process that runs it now."""

    def __init__(self, program: Program, log_dir: Path) -> None:
        self.program = program
        self.log_path = log_dir / f"{program.name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.start_again_at = 0.0
        self.pause_s = 0.5

    def start(self) -> None:
        if self.log_path.exists() and self.log_path.stat().st_size > _LOG_LIMIT_BYTES:
            self.log_path.replace(self.log_path.with_suffix(".log.1"))
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                list(self.program.arguments),
                env={**os.environ, **self.program.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - no threads have been started here
            )
        self.started_at = time.monotonic()

    def end_code(self) -> int | None:
        return None if self.process is None else self.process.poll()

    def clear_away(self) -> None:
        """Kill what the ended process has left of its group: a server's own workers, say."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def plan_restart(self) -> float:
        """Set when to start again; answers the pause in seconds, longer after each quick end."""
        now = time.monotonic()
        self.clear_away()
        steady = now - self.started_at > _STEADY_S
        self.pause_s = 0.5 if steady else min(self.pause_s * 2, _LONGEST_PAUSE_S)
        self.start_again_at = now + self.pause_s
        self.process = None
        return self.pause_s


class Supervisor:
    """Keeps programs running until told to stop."""

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        log_dir: Path,
        say: Callable[[str], None],
        watch: Callable[[], None] = lambda: None,
    ) -> None:
        log_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._children = [_Child(program, log_dir) for program in programs]
        self._say = say
        self._watch = watch
        self._stop = Event()

    def start(self) -> None:
        for child in self._children:
            child.start()

    def request_stop(self) -> None:
        """End :meth:`run`; may be called from a signal handler."""
        self._stop.set()

    def run(self) -> None:
        """Restart what ends, until a stop is requested. ``watch`` is called each half second."""
        while not self._stop.wait(0.5):
            self._watch()
            for child in self._children:
                self._look_after(child)

    def stop(self) -> None:
        """Stop every process: those started last first; a process that hangs is killed."""
        for child in reversed(self._children):
            if child.end_code() is None and child.process is not None:
                child.process.terminate()
        deadline = time.monotonic() + _STOP_TIMEOUT_S
        for child in reversed(self._children):
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self._say(f"{child.program.name} did not stop in time and was killed")
                child.process.kill()
                child.process.wait()
            child.clear_away()

    def ended(self) -> dict[str, int]:
        """Programs that are not running now, with their exit codes (for the start-up check)."""
        return {
            child.program.name: code
            for child in self._children
            if (code := child.end_code()) is not None
        }

    def session_of(self, name: str) -> int | None:
        """The session in which a program and its own workers run, while it runs."""
        for child in self._children:
            if child.program.name == name and child.process is not None:
                return child.process.pid
        return None

    def _look_after(self, child: _Child) -> None:
        if child.process is None:
            if time.monotonic() >= child.start_again_at:
                child.start()
            return
        code = child.end_code()
        if code is not None:
            pause = child.plan_restart()
            self._say(
                f"{child.program.name} ended ({_describe(code)}); starting it again in "
                f"{pause:.1f} s. Its log: {child.log_path}"
            )


def granian(interface: str, target: str, *, host: str, port: int, threads: int) -> list[str]:
    """Command line of one server process. Limits are those measured in ``docs/adr/0003``."""
    arguments = [
        *(sys.executable, "-m", "granian", "--interface", interface, target),
        *("--host", host, "--port", str(port), "--workers", "1"),
        *("--no-access-log", "--workers-kill-timeout", "5", "--backlog", "1024"),
    ]
    if interface == "wsgi":
        arguments += ["--blocking-threads", str(threads), "--backpressure", str(threads * 2)]
    return arguments


def _die_with_parent() -> None:
    """In the child: be sent SIGTERM when the supervisor dies, however it dies (Linux)."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _describe(code: int) -> str:
    if code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"
