"""One measurement of alerts, from an empty scratch installation to its figures."""

import json
import os
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, Final

import httpx
import msgspec

from openanpr.cli.bench_alert_browser import Measured, chromium, page_of
from openanpr.cli.bench_alert_screens import CrowdOfScreens, crowd_of
from openanpr.cli.bench_alert_traffic import Delivered, Traffic
from openanpr.cli.bench_processes import cpu_seconds, memory_mb
from openanpr.config.installation import prepared_database
from openanpr.config.postgres.cluster import Cluster
from openanpr.config.processes import back_office
from openanpr.config.supervisor import Supervisor
from openanpr.config.values import get_settings

Say = Callable[[str], None]
_READERS: Final = 12
_GRACE_S: Final = 5.0


class BenchRefused(Exception):
    """Figures that would mean nothing; the text says why."""


def measure(
    *,
    entries: int,
    rate: float,
    seconds: float,
    alerts: int,
    screens: int,
    browser: bool,
    say: Say,
) -> dict[str, Any]:
    """Deliver and listen; the figures by name. Raises BenchRefused."""
    with prepared_database(say) as cluster:
        if cluster is None:
            raise BenchRefused("this measurement makes a database of its own")
        from openanpr.cli.bench_alert_seeding import seed

        say(f"Listing {entries:,} marks, signing in {screens} officers")
        seeded = seed(entries=entries, alerts=alerts, screens=screens, readers=_READERS)
        with _processes(say) as running, ExitStack() as open_screens:
            _wait_until_matching(entries=max(entries, alerts))
            path = chromium() if browser else None
            rest = seeded.officers[1:] if path else seeded.officers
            crowd = open_screens.enter_context(crowd_of(rest)) if rest else None
            measured: Measured | None = crowd
            if path:
                measured = open_screens.enter_context(page_of(seeded.officers[0], path))
            if measured is None:
                raise BenchRefused("there is no screen to measure")
            live_server = running.session_of("live")
            before = cpu_seconds(live_server)
            say(f"Delivering {rate:g} reads a second for {seconds:g} s")
            began = time.monotonic()
            settings = get_settings()
            delivered = Traffic(seeded, port=settings.ingest_port, rate=rate, seconds=seconds).run()
            took = time.monotonic() - began
            _wait_for_the_last(cluster, expected=len(delivered.began) * screens)
            # Before the crowd is closed: its ending says nothing about the page.
            heard, shown = measured.heard(), measured.shown()
            live = {
                "live_memory_mb": memory_mb(live_server),
                "live_cpu_s": cpu_seconds(live_server) - before,
            }
            everybody = _everybody(crowd, heard if path else None)
        if delivered.failures:
            raise BenchRefused(f"a reader failed: {delivered.failures[0]}")
        read_of = _read_of_alert(cluster)
        stages = _stages(cluster, delivered)
    return {
        **_figures(heard, delivered, read_of),
        "reads_per_second": round(delivered.reads / took),
        "entries": entries,
        "screens": screens,
        "client": "chromium" if path else "plain",
        **_shown(shown, delivered, read_of),
        **_crowd_figures(everybody, delivered, read_of),
        **stages,
        **{name: round(value, 1) for name, value in live.items()},
        "told_to_wait": delivered.told_to_wait,
        "load_average": round(os.getloadavg()[0], 1),
    }


def _wait_for_the_last(cluster: Cluster, *, expected: int) -> None:
    """An alert is lost when none was delivered for five seconds, however slow the machine is."""
    count, quiet_since = -1, time.monotonic()
    with cluster.connect_as_superuser("openanpr") as connection:
        while time.monotonic() - quiet_since < _GRACE_S and count < expected:
            row = connection.execute("select count(*) from alert_delivery").fetchone()
            if row is not None and row[0] != count:
                count, quiet_since = row[0], time.monotonic()
            time.sleep(0.2)
    time.sleep(1.0)  # what is sent twice would come now, and what was heard is drawn


@contextmanager
def _processes(say: Say) -> Iterator[Supervisor]:
    settings = get_settings()
    supervisor = Supervisor(back_office(settings), log_dir=settings.data_dir / "logs", say=say)
    supervisor.start()
    try:
        yield supervisor
    finally:
        supervisor.stop()


def _wait_until_matching(*, entries: int) -> None:
    settings = get_settings()
    ingest = f"http://127.0.0.1:{settings.ingest_port}/health"
    others = [f"http://127.0.0.1:{port}/" for port in (settings.web_port, settings.live_port)]
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            for other in others:
                httpx.get(other, timeout=5)
            told = msgspec.json.decode(httpx.get(ingest, timeout=5).content)
            if told.get("snapshot_entries") == entries:
                return
        except (httpx.TransportError, msgspec.DecodeError):
            pass  # not listening yet
        time.sleep(0.2)
    raise BenchRefused("the processes did not become ready")


def _everybody(
    crowd: CrowdOfScreens | None, page: Sequence[tuple[float, str]] | None
) -> list[Sequence[tuple[float, str]]]:
    """What every screen heard, the page's own among them."""
    everybody: list[Sequence[tuple[float, str]]] = [] if page is None else [page]
    if crowd is not None:
        everybody += crowd.end()["heard"]
    return everybody


def _read_of_alert(cluster: Cluster) -> dict[str, uuid.UUID]:
    with cluster.connect_as_superuser("openanpr") as connection:
        rows = connection.execute(
            "select a.id, h.read_id from alert a join hit h on h.id = a.hit_id"
        ).fetchall()
    return {str(alert): read for alert, read in rows}


def _milliseconds(
    heard: Sequence[tuple[float, str]],
    delivered: Delivered,
    read_of: Mapping[str, uuid.UUID],
) -> list[float]:
    """For each alert heard as new: the time since its read's POST began."""
    times: dict[uuid.UUID, float] = {}
    for at, data in heard:
        news = json.loads(data)
        read = read_of.get(news["alert"])
        if news["kind"] == "raised" and read in delivered.began:
            times.setdefault(read, at - delivered.began[read] * 1000)
    return sorted(times.values())


def _stages(cluster: Cluster, delivered: Delivered) -> dict[str, float]:
    """Medians since the POST: when the read was stored, and when the worker took up its hit."""
    with cluster.connect_as_superuser("openanpr") as connection:
        rows = connection.execute(
            "select h.read_id, extract(epoch from h.created_at)::float8, "
            "extract(epoch from a.raised_at)::float8 from alert a join hit h on h.id = a.hit_id"
        ).fetchall()
    stored = [at - delivered.began[read] for read, at, _ in rows if read in delivered.began]
    taken = [at - delivered.began[read] for read, _, at in rows if read in delivered.began]
    return {
        "storing_p50_ms": _percentile(sorted(one * 1000 for one in stored), 0.50),
        "dispatching_p50_ms": _percentile(sorted(one * 1000 for one in taken), 0.50),
    }


def _figures(
    heard: Sequence[tuple[float, str]], delivered: Delivered, read_of: Mapping[str, uuid.UUID]
) -> dict[str, Any]:
    times = _milliseconds(heard, delivered, read_of)
    if not times:
        raise BenchRefused(f"none of {len(delivered.began)} alerts was heard")
    return {
        "alerts": len(times),
        "p50_ms": _percentile(times, 0.50),
        "p99_ms": _percentile(times, 0.99),
        "lost": len(delivered.began) - len(times),
    }


def _shown(
    shown: Mapping[str, float], delivered: Delivered, read_of: Mapping[str, uuid.UUID]
) -> dict[str, Any]:
    """How long until the row stood on the page, of those that it still holds."""
    times = sorted(
        at - delivered.began[read_of[alert]] * 1000
        for alert, at in shown.items()
        if read_of.get(alert) in delivered.began
    )
    if not times:
        return {}
    return {"shown_p50_ms": _percentile(times, 0.50), "shown_p99_ms": _percentile(times, 0.99)}


def _crowd_figures(
    everybody: Sequence[Sequence[tuple[float, str]]],
    delivered: Delivered,
    read_of: Mapping[str, uuid.UUID],
) -> dict[str, Any]:
    if len(everybody) < 2:
        return {}
    each = [_milliseconds(heard, delivered, read_of) for heard in everybody]
    times = sorted(one for screen in each for one in screen)
    return {
        "screens_p50_ms": _percentile(times, 0.50),
        "screens_p99_ms": _percentile(times, 0.99),
        "screens_lost": sum(len(delivered.began) - len(screen) for screen in each),
    }


def _percentile(times: Sequence[float], share: float) -> float:
    return round(times[min(len(times) - 1, int(len(times) * share))], 1)
