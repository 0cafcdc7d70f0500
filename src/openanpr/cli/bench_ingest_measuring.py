"""One measurement from an empty scratch installation to its figures."""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import msgspec
import psycopg

from openanpr.cli.bench_ingest_load import BenchReader, Tally
from openanpr.config.installation import prepared_database
from openanpr.config.postgres.cluster import Cluster
from openanpr.config.supervisor import granian
from openanpr.config.values import get_settings

Say = Callable[[str], None]
_THREADS: Final = 48
_CEILING_S: Final = 5.0
_CEILING_ROWS: Final = 2000
_DURABLE: Final = ("fsync", "synchronous_commit", "full_page_writes")


class BenchRefused(Exception):
    """Figures that would mean nothing; the text says why."""


def measure(
    *, seconds: float, clients: int, batch: int, list_size: int, say: Say
) -> dict[str, Any]:
    """Deliver for that long; the figures by name. Raises BenchRefused."""
    with prepared_database(say) as cluster:
        if cluster is None:
            raise BenchRefused("this measurement makes a database of its own")
        durability = _durability(cluster)
        from openanpr.cli.bench_ingest_seeding import seed

        port = _free_port()
        say(f"Seeding {clients} readers and a list of {list_size:,} marks")
        readers = seed(clients=clients, batch=batch, list_size=list_size, port=port)
        with _ingest(port, list_size):
            say(f"Delivering batches of {batch} for {seconds:g} s")
            tallies, took = _deliver(readers, seconds)
        stored = _count(cluster)
        say(f"Inserting without ingest for {_CEILING_S:g} s")
        ceiling = _ceiling()
    accepted = sum(tally.accepted for tally in tallies)
    times = sorted(one for tally in tallies for one in tally.milliseconds)
    return {
        "reads_per_second": round(accepted / took),
        "insert_ceiling_per_second": round(ceiling),
        "p50_ms": _percentile(times, 0.50),
        "p99_ms": _percentile(times, 0.99),
        "duplicates_stored": stored - accepted,
        "accepted": accepted,
        "answered_as_duplicates": sum(tally.duplicates for tally in tallies),
        "told_to_wait": sum(tally.told_to_wait for tally in tallies),
        "clients": clients,
        "batch": batch,
        "listed_marks": list_size,
        **durability,
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _durability(cluster: Cluster) -> dict[str, str]:
    with cluster.connect_as_superuser() as connection:
        rows = connection.execute(
            "select name, setting from pg_settings where name = any (%s)", (list(_DURABLE),)
        ).fetchall()
    found = dict(rows)
    if off := [name for name in _DURABLE if found.get(name) != "on"]:
        raise BenchRefused(f"{', '.join(off)} not on: acknowledged would not mean on disk")
    return found


@contextmanager
def _ingest(port: int, list_size: int) -> Iterator[None]:
    """The ingest process as it runs in service, ready to match."""
    settings = get_settings()
    command = granian(
        "wsgi",
        "openanpr.config.wsgi_ingest:application",
        host="127.0.0.1",
        port=port,
        threads=_THREADS,
    )
    process = subprocess.Popen(
        command,
        env=_environment(str(settings.data_dir)),
        stdout=sys.stderr,
        stderr=sys.stderr,
    )
    try:
        _wait_until_ready(process, port, list_size)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _environment(data_dir: str) -> dict[str, str]:
    ours = {
        "DJANGO_SETTINGS_MODULE": "openanpr.config.settings.ingest",
        "OPENANPR_DATA_DIR": data_dir,
    }
    return os.environ | ours


def _wait_until_ready(process: "subprocess.Popen[bytes]", port: int, list_size: int) -> None:
    deadline = time.monotonic() + 60
    said = "nothing"
    while time.monotonic() < deadline and process.poll() is None:
        try:
            address = f"http://127.0.0.1:{port}/health"
            with urllib.request.urlopen(address, timeout=5) as answer:
                if msgspec.json.decode(answer.read())["snapshot_entries"] == list_size:
                    return
        except urllib.error.HTTPError as not_ready:
            said = not_ready.read().decode()
        except (urllib.error.URLError, ConnectionError):
            pass  # not listening yet
        time.sleep(0.1)
    raise BenchRefused(f"the ingest process did not become ready; it said {said}")


def _deliver(readers: list[BenchReader], seconds: float) -> tuple[list[Tally], float]:
    stop = threading.Event()
    tallies = [Tally() for _ in readers]
    failures: list[BaseException] = []
    started = time.monotonic()

    def run(reader: BenchReader, tally: Tally) -> None:
        try:
            reader.deliver(until=started + seconds, tally=tally, stop=stop)
        except (RuntimeError, OSError) as problem:
            failures.append(problem)
            stop.set()

    threads = [
        threading.Thread(target=run, args=pair) for pair in zip(readers, tallies, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise BenchRefused(f"a reader failed: {failures[0]}")
    return tallies, time.monotonic() - started


def _count(cluster: Cluster) -> int:
    with cluster.connect_as_superuser("openanpr") as connection:
        row = connection.execute("select count(*) from reads").fetchone()
    return 0 if row is None else int(row[0])


def _ceiling() -> float:
    """Rows a second that the bare idempotent insert stores, 2,000 a commit, one connection."""
    from openanpr.cli.bench_ingest_seeding import bare_insert
    from openanpr.config.database import DatabaseRole, dsn

    rows = 0
    spent = 0.0
    with psycopg.connect(dsn(DatabaseRole.INGEST), autocommit=True) as connection:
        while spent < _CEILING_S:
            spent += bare_insert(connection, _CEILING_ROWS)
            rows += _CEILING_ROWS
    return rows / spent


def _percentile(times: list[float], share: float) -> float:
    return round(times[min(len(times) - 1, int(len(times) * share))], 1)
