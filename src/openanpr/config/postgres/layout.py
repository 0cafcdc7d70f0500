"""Where the embedded cluster of a data folder lies on disk."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

# sun_path holds 108 bytes with its terminator; PostgreSQL appends "/.s.PGSQL.5432".
_SOCKET_DIR_LIMIT: Final = 107 - len("/.s.PGSQL.5432")


@dataclass(frozen=True, slots=True)
class ClusterLayout:
    """Folders of one embedded cluster; ``home`` holds everything else."""

    data_dir: Path
    home: Path

    @classmethod
    def of(cls, data_dir: Path) -> Self:
        """The layout for a data folder, moved aside where another user could not enter it."""
        digest = hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]
        if os.geteuid() == 0 and not others_may_enter(data_dir):
            return cls(data_dir=data_dir, home=Path("/var/lib/openanpr") / digest)
        return cls(data_dir=data_dir, home=data_dir / "postgres")

    @property
    def socket_dir(self) -> Path:
        inside = self.home / "socket"
        if len(os.fsencode(inside)) <= _SOCKET_DIR_LIMIT:
            return inside
        digest = hashlib.sha256(str(self.home).encode()).hexdigest()[:12]
        base = Path("/run") if os.geteuid() == 0 else Path("/tmp")  # noqa: S108 - made 0700, owner checked
        return base / f"openanpr-{digest}"

    @property
    def log_file(self) -> Path:
        return self.home / "postgres.log"

    @property
    def users_lock(self) -> Path:
        return self.home / "users.lock"

    def cluster_dir(self, major: int) -> Path:
        """PostgreSQL's own data folder, named by the major version that alone may open it."""
        return self.home / f"cluster-{major}"

    def existing_major(self) -> int | None:
        """Major version of the cluster that stands here already, if any."""
        majors = [
            int(path.name.removeprefix("cluster-"))
            for path in self.home.glob("cluster-[0-9]*")
            if (path / "PG_VERSION").exists()
        ]
        return max(majors, default=None)

    def private_binaries(self, major: int) -> Path:
        """Where a copy of the server goes when its own folder cannot be entered by others."""
        return self.home / f"server-{major}"


def others_may_enter(folder: Path) -> bool:
    """Whether every existing folder on the way to ``folder`` may be entered by other users."""
    for path in (folder, *folder.parents):
        if path.exists() and not path.stat().st_mode & 0o001:
            return False
    return True


def copy_server(package: Path, target: Path) -> Path:
    """Copy the wheel's server to where others may enter; answers the copy of ``package``.

    ``package`` is the wheel's folder in the environment. Its programs find their libraries beside
    it, in ``<package>.libs``, so both are copied side by side.
    """
    if not target.exists():
        partial = target.with_name(target.name + ".partial")
        shutil.rmtree(partial, ignore_errors=True)
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, partial / folder.name, symlinks=True)
        partial.chmod(0o755)
        partial.rename(target)
    return target / package.name
