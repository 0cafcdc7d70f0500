"""GET /health and GET /metrics: how ingest fares, for operators and their monitoring."""

import ipaddress
from contextlib import suppress
from datetime import datetime
from typing import Any

import psycopg
from django.http import HttpRequest, HttpResponse
from msgspec import Struct

from openanpr.ingest import metrics
from openanpr.ingest.process import the_process
from openanpr.ingest.requests import Refused, answer, plainly_refusing, require_method
from openanpr.web import clock


class Health(Struct, frozen=True, kw_only=True):
    """Whether batches are taken now, and how current the lists are that they are matched with.

    ``database`` is up, down, or failing: it answers and the newest commit failed.
    ``snapshot_version`` 0 means that no lists have been published: nothing can match.
    """

    status: str
    database: str
    queue_depth: int
    queue_limit: int
    last_commit_at: datetime | None
    looked_up_at: datetime | None
    profile: str | None
    snapshot_version: int
    snapshot_entries: int
    snapshot_problem: str
    cameras: int


class Brief(Struct, frozen=True, kw_only=True):
    """What everybody may know: how many vehicles are looked for is not part of it."""

    status: str
    database: str


@plainly_refusing
def health(request: HttpRequest) -> HttpResponse:
    """200 when batches are taken, 503 when not; the facts behind it to this machine alone."""
    require_method(request, "GET")
    process = the_process()
    process.refresher.wait_until_ready(1.0)
    knowledge = process.refresher.knowledge
    connected = process.writer.connected
    failing = connected and process.writer.is_failing(at=clock.now())
    taken = connected and not failing and knowledge.profile is not None
    facts = Health(
        status="ok" if taken else "not-ready",
        database="failing" if failing else "up" if connected else "down",
        queue_depth=process.writer.depth,
        queue_limit=process.options.queue_limit,
        last_commit_at=process.writer.last_commit_at,
        looked_up_at=knowledge.looked_up_at,
        profile=knowledge.profile.label if knowledge.profile else None,
        snapshot_version=knowledge.matcher.version,
        snapshot_entries=len(knowledge.matcher.snapshot),
        snapshot_problem=knowledge.snapshot_problem,
        cameras=len(knowledge.cameras),
    )
    status = 200 if taken else 503
    if not _from_this_machine(request):
        return answer(Brief(status=facts.status, database=facts.database), status=status)
    return answer(facts, status=status)


@plainly_refusing
def show_metrics(request: HttpRequest) -> HttpResponse:
    """The figures, to this machine alone."""
    require_method(request, "GET")
    if not _from_this_machine(request):
        raise Refused(403, "loopback-only", "Figures are given on this machine only.")
    process = the_process()
    metrics.QUEUE_DEPTH.set(process.writer.depth)
    with suppress(psycopg.Error):  # the last figure stands while the database is away
        metrics.MISSING.set(process.image_connections.run(_missing))
    return HttpResponse(metrics.exposition(), content_type="text/plain; version=0.0.4")


def _missing(connection: psycopg.Connection[Any]) -> int:
    row = connection.execute(
        "select coalesce(sum(last_number - first_number + 1), 0)::bigint from reader_gap "
        "where closed_at is null"
    ).fetchone()
    return int(row[0]) if row else 0


def _from_this_machine(request: HttpRequest) -> bool:
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False  # a proxy on this machine asks for somebody else
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
