"""One measurement of analysis: the store filled, everything asked, what came of it counted."""

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from typing import Any, Final

import psycopg
from rich.console import Console

from openanpr.cli.bench_analysis_planting import plant
from openanpr.cli.bench_scratch import become
from openanpr.cli.bench_search_building import Store, build, prepare
from openanpr.cli.bench_search_traffic import CAMERAS
from openanpr.config.database import DATABASE, DatabaseRole, dsn
from openanpr.config.installation import prepared_database
from openanpr.reads.partitions import Partitions
from openanpr.reads.rows import ReadRow, insert_reads

_AT_ONCE: Final = 2_000


def measure(*, reads: int, commuters: int, cases: int, console: Console) -> dict[str, Any]:
    """Fill a store, ask, and count."""
    with prepared_database(console.print) as cluster:
        if cluster is None:
            raise RuntimeError("this measurement has a database of its own")
        with cluster.connect_as_superuser(DATABASE) as connection:
            store = prepare(connection, reads=reads, today=datetime.now(UTC).date())
            console.print(f"Making {reads:,} reads of normal traffic over {store.days} days")
            build(connection, store, lambda added: None)
        planted = plant(end=store.end, cases=cases).reads
        console.print(f"Planting {len(planted):,} reads")
        _store(planted)
        console.print("Asking")
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            figures = pool.submit(asked, store, commuters, cases).result()
    density = round(reads / store.days / CAMERAS)
    return {"reads": reads, "days": store.days, "a_day_a_camera": density, **figures}


def _store(rows: Sequence[ReadRow]) -> None:
    ordered = sorted(rows, key=lambda row: row.read.captured_at)
    with psycopg.connect(dsn(DatabaseRole.INGEST), autocommit=True) as connection:
        Partitions().ensure(connection, [row.read.captured_at for row in ordered])
        for start in range(0, len(ordered), _AT_ONCE):
            with connection.transaction(), connection.cursor() as cursor:
                insert_reads(cursor, ordered[start : start + _AT_ONCE])


def asked(store: Store, commuters: int, cases: int) -> dict[str, Any]:
    """Ask everything, with the role that searches have in service."""
    become("web")
    from openanpr.cli.bench_analysis_asking import Asker

    plants = plant(end=store.end, cases=cases)
    with psycopg.connect(dsn(DatabaseRole.OWNER), autocommit=True) as owner:
        asker = Asker(owner, plants)
        ordinary = asker.ordinary(store, commuters)
        return {
            "company": asker.company(ordinary),
            "scenes": asker.scenes(),
            "second_plates": asker.second_plates(ordinary),
            "onward": asker.onward(ordinary),
        }
