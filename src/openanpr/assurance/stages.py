"""When a reminder goes out: once as a thing falls due, once as it is overdue, then each week."""

from datetime import datetime, timedelta
from typing import Final

from openanpr.web.deadlines import Deadline

AGAIN: Final = timedelta(days=7)


def stage_of(deadline: Deadline, *, at: datetime) -> str | None:
    """``soon``, ``overdue-0`` on its day, ``overdue-1`` a week later and so on; ``None`` before."""
    if not deadline.is_soon(at=at):
        return None
    if not deadline.is_overdue(at=at):
        return "soon"
    return f"overdue-{(at - deadline.due_at) // AGAIN}"
