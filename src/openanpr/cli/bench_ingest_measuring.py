"""One measurement from an empty scratch installation to its figures."""

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import psycopg

from openanpr.cli.bench_ingest_load import BenchReader, Tally
from openanpr.cli.bench_ingest_process import (
    BenchRefused,
    IngestServer,
    durability,
    free_port,
    ingest_server,
)
from openanpr.config.installation import prepared_database
from openanpr.config.postgres.cluster import Cluster

Say = Callable[[str], None]
_SINGLE_S: Final = 5.0
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
        with ingest_server(port, listed=list_size) as server:
            say(f"Delivering batches of {batch} for {seconds:g} s")
            before = _cpu_seconds(server, cluster)
            tallies, took = _deliver(readers, seconds)
            after = _cpu_seconds(server, cluster)
            alone = min(seconds, _SINGLE_S)
            say(f"Delivering reads one by one for {alone:g} s")
            singles, singles_took = _deliver([replace(one, batch=1) for one in readers], alone)
        stored = _count(cluster)
        row_bytes = _bytes_per_row(cluster)
        say(f"Inserting without ingest for {_CEILING_S:g} s")
        ceiling = _ceiling()
    accepted = sum(tally.accepted for tally in tallies)
    by_one = sum(tally.accepted for tally in singles)
    times = sorted(one for tally in tallies for one in tally.milliseconds)
    return {
        "reads_per_second": round(accepted / took),
        "insert_ceiling_per_second": round(ceiling),
        "p50_ms": _percentile(times, 0.50),
        "p99_ms": _percentile(times, 0.99),
        "duplicates_stored": stored - accepted - by_one,
        "single_reads_per_second": round(by_one / singles_took),
        "share_of_ceiling": round(accepted / took / ceiling, 2),
        "bytes_per_row": row_bytes,
        "cpu_us_per_read": {
            name: round((after[name] - before[name]) / accepted * 1e6, 1) for name in before
        },
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


def _bytes_per_row(cluster: Cluster) -> float:
    """Bytes that a stored read takes, with its share of every index."""
    with cluster.connect_as_superuser("openanpr") as connection:
        row = connection.execute(
            "select sum(pg_total_relation_size(inhrelid)), (select count(*) from reads) "
            "from pg_inherits where inhparent = 'reads'::regclass "
            "and pg_relation_size(inhrelid) > 0"
        ).fetchone()
    return 0.0 if row is None or not row[1] else round(float(row[0]) / row[1], 1)


def _cpu_seconds(server: IngestServer, cluster: Cluster) -> dict[str, float]:
    """Processor time so far, by what used it."""
    return {
        "ingest": _of_family(server.pid),
        "database": _of_family(cluster.postmaster_pid() or 0),
        "readers": time.process_time(),
    }


def _of_family(pid: int) -> float:
    """Seconds of a process and of its children that run now (Linux)."""
    family = [pid]
    with suppress(FileNotFoundError):
        family += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split())
    ticks = 0
    for each in family:
        with suppress(FileNotFoundError, ProcessLookupError):
            fields = Path(f"/proc/{each}/stat").read_text("utf-8").rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


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
