"""What the processes of one program use, from /proc: a server and its workers share a session."""

import os
from collections.abc import Iterator
from pathlib import Path


def memory_mb(session: int | None) -> float:
    """Resident memory of the largest process of the session, in MB; 0 where there is none."""
    pages = [int((folder / "statm").read_text().split()[1]) for folder in _processes(session)]
    return max(pages, default=0) * os.sysconf("SC_PAGE_SIZE") / 1e6


def cpu_seconds(session: int | None) -> float:
    """Processor time that the session's processes have used so far, in seconds."""
    ticks = sum(
        int(fields[11]) + int(fields[12])
        for fields in (_stat(folder) for folder in _processes(session))
    )
    return ticks / os.sysconf("SC_CLK_TCK")


def _processes(session: int | None) -> Iterator[Path]:
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            if int(_stat(folder)[3]) == session:
                yield folder
        except OSError:
            continue  # gone meanwhile


def _stat(folder: Path) -> list[str]:
    """The fields after the process's name, which may hold anything: state, parent, group, ..."""
    return (folder / "stat").read_text().rpartition(")")[2].split()
