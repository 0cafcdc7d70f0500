"""The proof that nothing older than its limit remains: every store of the register is asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import psycopg

from openanpr.access.bands import retention_edge
from openanpr.access.profile import Profile
from openanpr.reads.images import ImageStore
from openanpr.retention.rules import COUNTED, RULES, Rule
from openanpr.retention.run import UNNAMED_FOR, old_imports, old_snapshots

GRACE: Final = timedelta(hours=24)
"""What passed its limit is removed within this; nobody is shown it from the limit itself on."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One store's answer: how many are past their limit by more than ``GRACE``; None: no limit."""

    rule: Rule
    overdue: int | None


def prove(
    connection: psycopg.Connection[Any],
    *,
    images: ImageStore,
    snapshots: Path,
    profile: Profile,
    at: datetime,
    grace: timedelta = GRACE,
) -> list[Proof]:
    """Every store of the register, in its order, with what is overdue at ``at``."""
    edge = retention_edge(at=at - grace, profile=profile)
    answers: dict[str, int] = {
        store: _number(connection, "select retention_count(%s, %s)", store, edge)
        for store in COUNTED
    }
    answers["files: images"] = _unnamed(connection, images, at - UNNAMED_FOR - grace)
    answers["files: list snapshots"] = len(old_snapshots(connection, snapshots))
    answers["files: list imports"] = len(old_imports(snapshots, edge))
    answers["backups"] = _number(
        connection,
        "select count(*) from backup_made where removed_at is null and expires_at < %s",
        at - grace,
    )
    return [Proof(rule, answers.get(rule.store)) for rule in RULES]


def _unnamed(connection: psycopg.Connection[Any], images: ImageStore, older_than: datetime) -> int:
    return sum(
        _number(
            connection,
            "select count(*) from retention_images_unknown(%s)",
            [bytes.fromhex(sha256) for sha256 in hashes],
        )
        for hashes in images.batches(older_than=older_than)
    )


def _number(connection: psycopg.Connection[Any], query: str, *values: object) -> int:
    row = connection.execute(query, values).fetchone()
    return int(row[0]) if row else 0


def standing_backups(connection: psycopg.Connection[Any]) -> tuple[int, datetime | None]:
    """How many registered backups stand, and when the first of them expires."""
    row = connection.execute(
        "select count(*), min(expires_at) from backup_made where removed_at is null"
    ).fetchone()
    return (row[0], row[1]) if row else (0, None)
