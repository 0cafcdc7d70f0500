"""Kill, start again, kill again; then compare what was acknowledged with what is stored."""

import os
import random
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import msgspec
from cryptography.hazmat.primitives import serialization

from openanpr.cli.bench_crash_readers import Plan, ReaderPlan
from openanpr.cli.bench_ingest_process import (
    BenchRefused,
    IngestServer,
    durability,
    free_port,
    ingest_server,
)
from openanpr.config.installation import prepared_database
from openanpr.config.postgres.cluster import Cluster, ClusterProblem

Say = Callable[[str], None]
_LISTED: Final = 1000
_VICTIMS: Final = ("database", "ingest", "both")
_UUID_BYTES: Final = 16
_DELIVERING_S: Final = 60.0
_RESTART_S: Final = 60.0


def crash(*, kills: int, clients: int, batch: int, seed: int, say: Say) -> dict[str, int]:
    """Kill that many times under load; the figures by name. Raises BenchRefused."""
    with prepared_database(say) as cluster:
        if cluster is None:
            raise BenchRefused("this measurement makes a database of its own")
        settings = durability(cluster)
        say(", ".join(f"{name} {value}" for name, value in sorted(settings.items())))
        from openanpr.cli.bench_ingest_seeding import seed as seed_installation

        folder = cluster.layout.home.parent / "acknowledged"
        folder.mkdir(mode=0o700)
        port = free_port()
        readers = seed_installation(clients=clients, batch=batch, list_size=_LISTED, port=port)
        plans = [
            ReaderPlan(
                id=reader.id,
                key=reader.key.private_bytes(
                    serialization.Encoding.Raw,
                    serialization.PrivateFormat.Raw,
                    serialization.NoEncryption(),
                ),
                cameras=list(reader.cameras),
                marks=list(reader.marks),
                acknowledged=str(folder / f"{reader.seed}.ids"),
                seed=seed + reader.seed,
            )
            for reader in readers
        ]
        chance = random.Random(seed)  # noqa: S311 - when to kill, not a secret
        with (
            ingest_server(port, listed=_LISTED) as server,
            _delivering(folder, Plan(port=port, batch=batch, readers=plans)) as alive,
        ):
            for number in range(kills):
                _wait_for_acknowledgements(folder, alive, more_than=_size(folder))
                time.sleep(chance.uniform(0.0, 1.0))  # not always at the same point of a commit
                victim = _VICTIMS[number % len(_VICTIMS)]
                say(f"Kill {number + 1} of {kills}: {victim}, {_size(folder)} acknowledged")
                _kill(victim, cluster, server)
            _wait_for_acknowledgements(folder, alive, more_than=_size(folder))
        return _compared(cluster, folder, say) | {"kills": kills}


@contextmanager
def _delivering(folder: Path, plan: Plan) -> Iterator["subprocess.Popen[bytes]"]:
    path = folder / "plan.json"
    path.touch(mode=0o600)
    path.write_bytes(msgspec.json.encode(plan))
    process = subprocess.Popen(
        [sys.executable, "-m", "openanpr.cli.bench_crash_readers", str(path)],
        stdout=sys.stderr,
        stderr=sys.stderr,
    )
    try:
        yield process
    finally:
        process.terminate()
        if process.wait(timeout=_DELIVERING_S * 2):
            raise BenchRefused("a reader was refused: see above")


def _size(folder: Path) -> int:
    """How many ids have been acknowledged so far."""
    return sum(path.stat().st_size for path in folder.glob("*.ids")) // _UUID_BYTES


def _wait_for_acknowledgements(
    folder: Path, readers: "subprocess.Popen[bytes]", *, more_than: int
) -> None:
    deadline = time.monotonic() + _DELIVERING_S
    while _size(folder) <= more_than:
        if readers.poll() is not None:
            raise BenchRefused("the readers ended")
        if time.monotonic() > deadline:
            raise BenchRefused(f"nothing was acknowledged for {_DELIVERING_S:g} s")
        time.sleep(0.02)


def _kill(victim: str, cluster: Cluster, server: IngestServer) -> None:
    if victim in ("database", "both"):
        _kill_database(cluster)
    if victim in ("ingest", "both"):
        server.kill()
        server.start()
    if victim in ("database", "both"):
        _start_database(cluster)
    if victim in ("ingest", "both"):
        server.wait_until_ready(listed=_LISTED)


def _kill_database(cluster: Cluster) -> None:
    """SIGKILL for the server and for each of its processes: nothing gets to end in order."""
    pid = cluster.postmaster_pid()
    if pid is None:
        raise BenchRefused("the database had ended by itself")
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    for each in (pid, *map(int, children)):
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


def _start_database(cluster: Cluster) -> None:
    deadline = time.monotonic() + _RESTART_S
    while True:
        try:
            cluster.ensure_running()
        except ClusterProblem as problem:
            # A process of the killed server may hold its shared memory for a moment yet.
            if time.monotonic() > deadline:
                raise BenchRefused(str(problem)) from None
            time.sleep(0.1)
        else:
            return


def _compared(cluster: Cluster, folder: Path, say: Say) -> dict[str, int]:
    acknowledged = {
        uuid.UUID(bytes=content[place : place + _UUID_BYTES])
        for path in folder.glob("*.ids")
        if (content := path.read_bytes())
        for place in range(0, len(content), _UUID_BYTES)
    }
    with cluster.connect_as_superuser("openanpr") as connection:
        stored = Counter(id for (id,) in connection.execute("select id from reads"))
        (again,) = connection.execute(
            "select coalesce(sum(duplicates), 0) from ingest_batch"
        ).fetchone() or (0,)
    say(f"{len(stored):,} reads are stored; {again:,} came again in other batches")
    return {
        "acknowledged": len(acknowledged),
        "lost": len(acknowledged - stored.keys()),
        "duplicated": sum(count - 1 for count in stored.values()),
    }
