"""One transaction for a group of batches: reads, hits, outbox, account of the work, audit."""

import logging
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

import psycopg

from openanpr.audit.services import AuditActor, append_sql, event_text
from openanpr.ingest import hits, ledger
from openanpr.ingest.images_wanted import note_images
from openanpr.ingest.onward import note_onward
from openanpr.ingest.owing import is_of_audit, owe
from openanpr.ingest.work import JudgedBatch, Outcome
from openanpr.reads.rows import insert_reads

log = logging.getLogger(__name__)

ACTOR: Final = AuditActor.system("ingest")
Cursor = psycopg.Cursor[Any]


def commit_group(
    connection: psycopg.Connection[Any],
    group: Sequence[JudgedBatch],
    *,
    at: datetime,
    onward: bool = False,
) -> list[Outcome]:
    """Commit the batches together; what became of each, in order. Raises psycopg.Error.

    ``onward``: what is stored is to go on to the national centre. Where the audit alone cannot be
    written the batches are stored all the same, and their audit row is owed (``owing``).
    """
    try:
        return _commit(connection, group, at=at, onward=onward, owing=False)
    except psycopg.Error as problem:
        if connection.closed or not is_of_audit(problem):
            raise
        log.error("the audit could not be written (%s): a row is owed", type(problem).__name__)
    return _commit(connection, group, at=at, onward=onward, owing=True)


def _commit(
    connection: psycopg.Connection[Any],
    group: Sequence[JudgedBatch],
    *,
    at: datetime,
    onward: bool,
    owing: bool,
) -> list[Outcome]:
    # A pipeline: statements whose answer is not needed yet do not wait for each other's.
    with connection.pipeline(), connection.transaction(), connection.cursor() as cursor:
        with connection.cursor() as asking:
            ledger.ask_for_replays(asking, group)
            stored = _store(cursor, group)
            replayed = ledger.replays(asking, group)
        raised = hits.insert_hits(cursor, group, stored)
        wanted = note_images(cursor, group)
        outcomes = [
            Outcome(
                accepted=len(kept),
                duplicates=len(batch.verdict.rows) - len(kept),
                late=sum([batch.verdict.rows[place].late for place in kept]),
                hits=hit_count,
                images_wanted=hashes,
                replayed=again,
            )
            for batch, kept, hit_count, hashes, again in zip(
                group, stored, raised, wanted, replayed, strict=True
            )
        ]
        if onward:
            note_onward(cursor, group, stored)
        ledger.note_outcomes(cursor, group, outcomes, stored, at=at)
        # Last, because the audit's lock is held from here to the end of the transaction.
        text = _event(group, outcomes, at=at)
        if owing:
            owe(cursor, text)
        else:
            cursor.execute(append_sql, [text])
            cursor.fetchone()  # in a pipeline: where the audit refuses, its error is raised here
    return outcomes


def _store(cursor: Cursor, group: Sequence[JudgedBatch]) -> list[Collection[int]]:
    """Insert the rows of all batches; for each batch the places of those stored now."""
    rows = [row for batch in group for row in batch.verdict.rows]
    keys = [(row.read.vrm, row.read.captured_at, row.camera_id) for row in rows]
    if len(set(keys)) == len(rows):  # the rule
        there_already = insert_reads(cursor, rows)
    else:  # the same read twice in one group: the first one is stored
        first = {key: position for position, key in reversed(list(enumerate(keys)))}
        chosen = sorted(first.values())
        known = insert_reads(cursor, [rows[position] for position in chosen])
        left = {chosen[place] for place in known}
        there_already = frozenset(range(len(rows))).difference(chosen) | left
    stored: list[Collection[int]] = []
    start = 0
    for batch in group:
        count = len(batch.verdict.rows)
        places: Collection[int] = range(count)
        if there_already:
            places = frozenset(p for p in places if start + p not in there_already)
        stored.append(places)
        start += count
    return stored


def _event(group: Sequence[JudgedBatch], outcomes: Sequence[Outcome], *, at: datetime) -> str:
    refused: Counter[str] = Counter()
    for batch, outcome in zip(group, outcomes, strict=True):
        if outcome.replayed:
            continue
        for (_, camera_id, reason), count in batch.verdict.refusals.items():
            refused[f"{reason} (camera {camera_id or 'unknown'})"] += count
    return event_text(
        verb="ingest.store",
        actor=ACTOR,
        at=at,
        payload={
            "batches": len(group),
            "readers": sorted({str(batch.device_id) for batch in group}),
            "accepted": sum(outcome.accepted for outcome in outcomes),
            "duplicates": sum(outcome.duplicates for outcome in outcomes),
            "late": sum(outcome.late for outcome in outcomes),
            "quarantined": sum(len(batch.verdict.quarantined) for batch in group),
            "hits": sum(outcome.hits for outcome in outcomes),
            "snapshots": sorted({batch.snapshot_version for batch in group}),
            "refused": [f"{count} {what}" for what, count in sorted(refused.items())],
        },
    )
