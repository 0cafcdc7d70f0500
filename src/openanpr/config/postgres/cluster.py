"""The embedded PostgreSQL cluster: made, started, watched and stopped by us alone.

It listens on a private socket only, asks every role for its password (scram), checks its pages,
and never runs as root: started by root, it drops to another user.
"""

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg

from openanpr.config.database import EMBEDDED_PORT, SUPERUSER, password_of
from openanpr.config.postgres.binaries import find_binaries
from openanpr.config.postgres.layout import ClusterLayout
from openanpr.config.values import Settings

_START_TIMEOUT_S: Final = 120.0  # recovery after a kill, on a busy machine
_STOP_TIMEOUT_S: Final = 60.0
_DROP_TO: Final = ("postgres", "nobody")

DURABLE: Final = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "max_wal_size": "2GB",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_statement": "none",
    # A failed statement may hold a mark: neither it nor its parameters are written to the log.
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    # Nor the DETAIL of an error, which quotes the row.
    "log_error_verbosity": "terse",
    "log_min_duration_statement": "-1",
}


class ClusterProblem(Exception):
    """The embedded database could not be made or started; the text says what to do."""


class Cluster:
    """One embedded cluster. Not shared between threads; several processes may use it at once."""

    def __init__(self, settings: Settings, *, options: dict[str, str] | None = None) -> None:
        self._settings = settings
        self._options = DURABLE | (options or {})
        self.layout = ClusterLayout.of(settings.data_dir)
        self._process: subprocess.Popen[bytes] | None = None

    @contextmanager
    def in_use(self, say: Callable[[str], None] = lambda _: None) -> Iterator[None]:
        """Run the cluster while the block lasts; the last user out stops it."""
        self._prepare_folders()
        with self.layout.users_lock.open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            self.ensure_running(say)
            try:
                yield
            finally:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    pass  # another command still uses it, and will stop it
                else:
                    self.stop()

    def ensure_running(self, say: Callable[[str], None] = lambda _: None) -> None:
        """Make the cluster if missing, start it if down, wait until it answers."""
        with (self.layout.home / "start.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            binaries = find_binaries(self.layout)
            folder = self.layout.cluster_dir(binaries.major)
            if not (folder / "PG_VERSION").exists():
                say(f"Making a PostgreSQL {binaries.major} database")
                self._initialise(binaries.program("initdb"), folder)
            if self.postmaster_pid() is None:
                say(f"Starting PostgreSQL {binaries.major}")
                self._start(binaries.program("postgres"), folder)
            self._wait_until_it_answers()

    def stop(self) -> None:
        """Stop the server in good order (fast shutdown): sessions end, every commit is kept."""
        pid = self.postmaster_pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + _STOP_TIMEOUT_S
        while _alive(pid):
            self._reap()
            if time.monotonic() > deadline:
                raise ClusterProblem(
                    f"PostgreSQL (process {pid}) did not stop within {_STOP_TIMEOUT_S:.0f} s; "
                    f"see {self.layout.log_file}."
                )
            time.sleep(0.02)
        if self._process is not None and self._process.pid == pid:
            self._process.wait()
        self._process = None

    def postmaster_pid(self) -> int | None:
        """Process number of the running server, or None."""
        self._reap()
        major = self.layout.existing_major()
        if major is None:
            return None
        pid_file = self.layout.cluster_dir(major) / "postmaster.pid"
        try:
            pid = int(pid_file.read_text(encoding="ascii").split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        return pid if _alive(pid) and _is_postgres(pid) else None

    def connect_as_superuser(self, database: str = "postgres") -> psycopg.Connection[Any]:
        """A connection that makes roles and databases; no serving process ever uses it."""
        return psycopg.connect(
            host=str(self.layout.socket_dir),
            port=EMBEDDED_PORT,
            dbname=database,
            user=SUPERUSER,
            password=password_of(SUPERUSER, self._settings),
            autocommit=True,
        )

    def _prepare_folders(self) -> None:
        self._settings.data_dir.mkdir(parents=True, exist_ok=True)
        self.layout.home.mkdir(parents=True, exist_ok=True, mode=0o711)
        self.layout.home.chmod(0o711)
        for folder in (self.layout.socket_dir,):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            folder.chmod(0o700)
            if identity := _identity():
                os.chown(folder, identity["user"], identity["group"])

    def _initialise(self, initdb: str, folder: Path) -> None:
        password_file = self.layout.home / "initdb.password"
        password_file.write_text(password_of(SUPERUSER, self._settings), encoding="ascii")
        password_file.chmod(0o600)
        folder.mkdir(mode=0o700, exist_ok=True)
        if identity := _identity():
            for path in (password_file, folder):
                os.chown(path, identity["user"], identity["group"])
        try:
            answer = subprocess.run(
                [
                    initdb,
                    *("--pgdata", str(folder), "--username", SUPERUSER, "--encoding", "UTF8"),
                    *("--locale", "C.UTF-8", "--auth", "scram-sha-256", "--data-checksums"),
                    *("--pwfile", str(password_file)),
                ],
                cwd="/",
                capture_output=True,
                text=True,
                check=False,
                **identity,
            )
        finally:
            password_file.unlink()
        if answer.returncode != 0:
            shutil.rmtree(folder, ignore_errors=True)
            raise ClusterProblem(
                f"PostgreSQL could not make its database in {folder}:\n{answer.stderr.strip()}"
            )

    def _start(self, postgres: str, folder: Path) -> None:
        arguments = [postgres, "-D", str(folder), "-p", str(EMBEDDED_PORT)]
        options = self._options | {"unix_socket_directories": f"'{self.layout.socket_dir}'"}
        for name, value in options.items():
            arguments += ["-c", f"{name}={value.strip(chr(39))}"]
        with self.layout.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                arguments,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # the terminal's Ctrl-C is ours to pass on, last of all
                **_identity(),
            )

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + _START_TIMEOUT_S
        while True:
            try:
                self.connect_as_superuser().close()
            except psycopg.OperationalError as error:
                ended = self._process is not None and self._process.poll() is not None
                if ended or time.monotonic() > deadline:
                    raise ClusterProblem(
                        f"PostgreSQL did not start: {error}\n"
                        f"The end of {self.layout.log_file}:\n{self._log_tail()}"
                    ) from error
                time.sleep(0.05)
            else:
                return

    def _log_tail(self) -> str:
        try:
            lines = self.layout.log_file.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return "(no log was written)"
        return "\n".join(lines[-8:])

    def _reap(self) -> None:
        if self._process is not None:
            self._process.poll()


def _identity() -> dict[str, Any]:
    """Arguments for ``Popen`` that drop root's rights; empty for anybody else."""
    if os.geteuid() != 0:
        return {}
    for name in _DROP_TO:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise ClusterProblem(
        "PostgreSQL never runs as root, and this machine has neither a user `postgres` nor "
        "`nobody` to run it. Start OpenANPR as an ordinary user."
    )


def _alive(pid: int) -> bool:
    """Whether the process runs; a dead one that nobody has collected yet counts as gone."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def _is_postgres(pid: int) -> bool:
    try:
        return "postgres" in Path(f"/proc/{pid}/comm").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
