"""One measurement from a store, built first where it is not, to its figures."""

import multiprocessing
import random
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from itertools import islice
from multiprocessing.synchronize import Event
from typing import Any, Final

import psycopg
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from openanpr.cli.bench_scratch import become
from openanpr.cli.bench_search_building import Store, build, prepare
from openanpr.config.database import DATABASE, DatabaseRole, dsn
from openanpr.config.installation import prepared_database

_BATCH: Final = 500
LIVE: Final = (
    "insert into live_search (id, investigation, account, period_from, period_to, vrms, "
    "camera_ids, pattern, near, window_from, window_to, expires_at) "
    "values (%(id)s, %(id)s, 0, %(period_from)s, %(period_to)s, %(vrms)s, %(camera_ids)s, "
    "%(pattern)s, %(near)s, %(window_from)s, %(window_to)s, now() + interval '1 minute')"
)


def measure(
    *, reads: int, rounds: int, incoming: int, console: Console
) -> dict[str, dict[str, float]]:
    """Build what is missing, ask, and clear away what came in meanwhile; milliseconds by kind."""
    with prepared_database(console.print) as cluster:
        if cluster is None:
            raise RuntimeError("this measurement has a database of its own")
        with cluster.connect_as_superuser(DATABASE) as connection:
            store = prepare(connection, reads=reads, today=datetime.now(UTC).date())
            with _bar(console) as progress:
                task = progress.add_task("Building", total=reads)
                build(connection, store, lambda added: progress.advance(task, added))
            began = datetime.now(UTC)
            try:
                return _asked(store, rounds=rounds, incoming=incoming, console=console)
            finally:
                connection.execute("delete from reads where captured_at >= %s", (began,))
                connection.execute("delete from vrm_seen where first_seen >= %s", (began,))


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
    )


def _asked(
    store: Store, *, rounds: int, incoming: int, console: Console
) -> dict[str, dict[str, float]]:
    """Both sides have processes of their own, with the database roles that they have in service."""
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    feeder = context.Process(target=feed, args=(incoming, stop), daemon=True)
    if incoming:
        feeder.start()
    console.print(f"Asking {rounds} questions of each kind; {incoming} reads a second come in")
    try:
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            return pool.submit(ask, store, rounds).result()
    finally:
        stop.set()
        if incoming:
            feeder.join(timeout=30)


def feed(a_second: int, stop: Event) -> None:
    """Store new reads at that rate, as ingest does, until told to stop."""
    from openanpr.cli.bench_search_traffic import CAMERAS
    from openanpr.reads.partitions import Partitions
    from openanpr.reads.rows import ReadRow, insert_reads
    from openanpr.vrm.fictional import marks
    from openanpr.wire import Read, uuid7

    passing = list(islice(marks(77), 20_000))
    chance = random.Random(5)  # noqa: S311 - traffic, not secrets
    with psycopg.connect(dsn(DatabaseRole.INGEST), autocommit=True) as connection:
        Partitions().ensure_ahead(connection, at=datetime.now(UTC))
        started, stored = time.monotonic(), 0
        while not stop.is_set():
            rows = {}
            for vrm in chance.sample(passing, _BATCH):
                now = datetime.now(UTC)
                read = Read(
                    id=uuid7(),
                    sequence=stored,
                    camera="1/1/1",
                    vrm=vrm,
                    raw_vrm=vrm,
                    captured_at=now,
                    confidence=0.97,
                    model_version="bench-1",
                )
                rows[vrm] = ReadRow(
                    read=read,
                    camera_id=chance.randrange(1, CAMERAS + 1),
                    batch_id=uuid7(),
                    received_at=now,
                    clock_offset_ms=None,
                    late=False,
                )
            with connection.transaction(), connection.cursor() as cursor:
                insert_reads(cursor, list(rows.values()))
            stored += _BATCH
            stop.wait(max(0.0, started + stored / a_second - time.monotonic()))


def ask(store: Store, rounds: int) -> dict[str, dict[str, float]]:
    """Every question twice, in an order of chance; the second times, by kind."""
    become("web")
    from openanpr.cli.bench_search_questions import questions

    asked = questions(store, each=rounds)
    order = [(kind, one) for kind, several in asked.items() for one in several]
    times: dict[str, list[float]] = {kind: [] for kind in asked}
    answered = 0
    with psycopg.connect(dsn(DatabaseRole.OWNER), autocommit=True) as owner:
        for warm in (False, True):
            random.Random(3).shuffle(order)  # noqa: S311
            for kind, question in order:
                took, found = _one(owner, question)
                answered += found
                if warm:
                    times[kind].append(took)
        owner.execute("delete from live_search")
    if not answered:
        raise RuntimeError("no question was answered: these would be the times of nothing")
    return {kind: _summary(took) for kind, took in times.items()}


def _one(owner: psycopg.Connection[Any], question: Any) -> tuple[float, bool]:
    """Milliseconds from decision to result: live searches opened, store asked, parts merged.

    And whether anything was found.
    """
    from openanpr.cli.bench_search_questions import scope_of
    from openanpr.search.planner import plan
    from openanpr.search.services.look import Look
    from openanpr.search.store.live import LivePart, row_of

    def open_parts(parts: Sequence[LivePart]) -> None:
        for part in parts:
            owner.execute(LIVE, {"id": part.id, **row_of(part)})

    scope = scope_of(question)
    started = time.perf_counter()
    found = Look(question, scope, plan(scope), open_parts).run()
    took = (time.perf_counter() - started) * 1000
    return took, bool(found.reads or found.common or found.passes)


def _summary(times: list[float]) -> dict[str, float]:
    times = sorted(times)
    return {
        "p50_ms": round(times[len(times) // 2], 1),
        "p95_ms": round(times[min(len(times) - 1, int(len(times) * 0.95))], 1),
    }
