"""Asking for work, in the transaction that needs it: it is asked for exactly if that commits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from openanpr.jobs.models import Job


def ask_for(
    kind: str,
    arguments: Mapping[str, Any],
    *,
    at: datetime,
    due_at: datetime | None = None,
    once: str = "",
    by: int | None = None,
) -> None:
    """Have ``kind`` done with ``arguments`` (plain JSON; ids, never marks), not before ``due_at``.

    Whoever asks writes what it means to the audit; a job by itself is no event. Where one with the
    same ``once`` waits already, it stands for this one too.
    """
    job = Job(
        kind=kind,
        arguments=dict(arguments),
        once=once,
        asked_at=at,
        due_at=due_at or at,
        asked_by=by,
    )
    Job.objects.bulk_create([job], ignore_conflicts=True)
