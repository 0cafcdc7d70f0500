"""One measurement from an empty scratch installation to its figures."""

import threading
import time
from collections.abc import Callable
from typing import Any, Final

import psycopg

from openanpr.cli.bench_ingest_load import BenchReader, Tally
from openanpr.cli.bench_ingest_process import (
    BenchRefused,
    durability,
    free_port,
    ingest_server,
)
from openanpr.config.installation import prepared_database
from openanpr.config.postgres.cluster import Cluster

Say = Callable[[str], None]
_CEILING_S: Final = 5.0
_CEILING_ROWS: Final = 2000


def measure(
    *, seconds: float, clients: int, batch: int, list_size: int, say: Say
) -> dict[str, Any]:
    """Deliver for that long; the figures by name. Raises BenchRefused."""
    with prepared_database(say) as cluster:
        if cluster is None:
            raise BenchRefused("this measurement makes a database of its own")
        settings = durability(cluster)
        from openanpr.cli.bench_ingest_seeding import seed

        port = free_port()
        say(f"Seeding {clients} readers and a list of {list_size:,} marks")
        readers = seed(clients=clients, batch=batch, list_size=list_size, port=port)
        with ingest_server(port, listed=list_size):
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
        **settings,
    }


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
