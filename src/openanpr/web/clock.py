"""The one place where the pages take the time from.

Services and policy get the time passed in as ``at``; a view asks here, once a request.
"""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)
