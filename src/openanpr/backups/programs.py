"""PostgreSQL's own pg_dump and pg_restore: found, run, watched, and never left behind."""

import ctypes
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from openanpr.backups.manifest import BackupProblem
from openanpr.config.database import (
    DATABASE,
    EMBEDDED_PORT,
    SUPERUSER,
    connection_parts,
    password_of,
)
from openanpr.config.postgres.binaries import find_binaries
from openanpr.config.postgres.layout import ClusterLayout
from openanpr.config.values import Settings

ROLE: Final = "openanpr_backup"
"""Reads everything, on a server of the operator's own; the embedded cluster has a superuser."""

_PR_SET_PDEATHSIG: Final = 1
_LIBC: Final = ctypes.CDLL(None, use_errno=True)


def parts_for(settings: Settings, *, admin_dsn: str | None = None) -> dict[str, Any]:
    """libpq parameters of a role that may read or restore everything."""
    if admin_dsn is not None:
        return {**connection_parts(ROLE, settings), "password": None, **conninfo_to_dict(admin_dsn)}
    if settings.database_dsn is not None:
        return connection_parts(ROLE, settings)
    return {
        "host": str(ClusterLayout.of(settings.data_dir).socket_dir),
        "port": EMBEDDED_PORT,
        "dbname": DATABASE,
        "user": SUPERUSER,
        "password": password_of(SUPERUSER, settings),
    }


def conninfo(parts: Mapping[str, Any]) -> str:
    """The parameters as one string for psycopg."""
    return make_conninfo("", **{name: value for name, value in parts.items() if value is not None})


def program(name: str, settings: Settings) -> str:
    """Path of one of PostgreSQL's programs, of the server's version where that is ours.

    Raises BackupProblem, NoServer.
    """
    if settings.database_dsn is None:
        found = find_binaries(ClusterLayout.of(settings.data_dir)).program(name)
        if Path(found).exists():
            return found
    else:
        newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_major)
        on_path = shutil.which(name)
        candidates = [*map(str, newest), *([on_path] if on_path else [])]
        if candidates:
            return candidates[-1] if not newest else str(newest[-1])
    raise BackupProblem(
        f"PostgreSQL's program {name} was not found. Install Debian's `postgresql-client` of the "
        "server's version."
    )


def run_program(
    arguments: Sequence[str], parts: Mapping[str, Any], *, line: Callable[[str], None]
) -> None:
    """Run one with the password in its environment; ``line`` gets what it says.

    It dies with us, however we die. Raises BackupProblem with its last words.
    """
    password = {"PGPASSWORD": str(parts["password"])} if parts.get("password") else {}
    last: list[str] = []
    with subprocess.Popen(
        list(arguments),
        env={**os.environ, **password},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        preexec_fn=_die_with_parent,  # noqa: PLW1509 - no threads have been started here
    ) as process:
        try:
            for said in process.stderr or ():
                last = [*last[-4:], said.rstrip()]
                line(said.rstrip())
        except BaseException:
            process.kill()
            raise
        code = process.wait()
    if code != 0:
        # What PostgreSQL says of a failed row may quote it: DETAIL and CONTEXT are left out.
        told = [one for one in last if "error:" in one.lower() or "fatal" in one.lower()]
        name = Path(arguments[0]).name
        raise BackupProblem(f"{name} ended with {code}: {' '.join(told) or 'see its log'}")


def without_password(parts: Mapping[str, Any]) -> str:
    """The parameters as the argument --dbname, which other users of the machine can see."""
    return conninfo({name: value for name, value in parts.items() if name != "password"})


def _major(path: Path) -> int:
    return int(path.parent.parent.name) if path.parent.parent.name.isdigit() else 0


def _die_with_parent() -> None:
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
