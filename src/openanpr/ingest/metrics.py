"""Figures of the ingest process for Prometheus. No label ever holds a mark, camera or reader."""

from collections.abc import Sequence
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from openanpr.ingest.work import Outcome

REGISTRY: Final = CollectorRegistry()

READS: Final = Counter(
    "openanpr_ingest_reads",
    "Reads by what became of them: accepted, duplicate, late, or the reason of a refusal.",
    ["outcome"],
    registry=REGISTRY,
)
BATCHES: Final = Counter(
    "openanpr_ingest_batches", "Batches committed: new or replayed.", ["kind"], registry=REGISTRY
)
REFUSED: Final = Counter(
    "openanpr_ingest_requests_refused",
    "Requests refused whole, by reason.",
    ["reason"],
    registry=REGISTRY,
)
HITS: Final = Counter("openanpr_ingest_hits", "Hits on lists committed.", registry=REGISTRY)
IMAGES: Final = Counter(
    "openanpr_ingest_images", "Pictures stored or known already.", ["outcome"], registry=REGISTRY
)
STORE_REFUSED: Final = Counter(
    "openanpr_ingest_store_refused", "Batches that the database refused.", registry=REGISTRY
)
QUEUE_DEPTH: Final = Gauge(
    "openanpr_ingest_queue_depth", "Batches that wait for the writer.", registry=REGISTRY
)
MISSING: Final = Gauge(
    "openanpr_ingest_reads_missing",
    "Reads that readers have numbered and that have not come; looked at every few minutes.",
    registry=REGISTRY,
)
SNAPSHOT_VERSION: Final = Gauge(
    "openanpr_ingest_snapshot_version", "Version of the lists matched against.", registry=REGISTRY
)
COMMIT_SECONDS: Final = Histogram(
    "openanpr_ingest_commit_seconds",
    "Time of a group commit.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=REGISTRY,
)
GROUP_ROWS: Final = Histogram(
    "openanpr_ingest_group_rows",
    "Reads in a group commit.",
    buckets=(1, 10, 100, 500, 1000, 2000, 5000),
    registry=REGISTRY,
)


def committed(*, seconds: float, rows: int, outcomes: Sequence[Outcome]) -> None:
    """Count a group commit."""
    COMMIT_SECONDS.observe(seconds)
    GROUP_ROWS.observe(rows)
    for outcome in outcomes:
        BATCHES.labels("replayed" if outcome.replayed else "new").inc()
        READS.labels("accepted").inc(outcome.accepted)
        READS.labels("duplicate").inc(outcome.duplicates)
        READS.labels("late").inc(outcome.late)
        HITS.inc(outcome.hits)


def exposition() -> bytes:
    """Every figure in the text format of Prometheus."""
    return generate_latest(REGISTRY)
