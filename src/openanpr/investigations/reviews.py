"""When an investigation is looked at again."""

from datetime import datetime, timedelta
from typing import Final

from openanpr.investigations.models import Investigation

FIRST: Final = timedelta(days=28)
"""The first review is so long after the opening."""
LONGEST: Final = timedelta(days=92)
"""And each later one at most so long after the one before."""


def review_due(investigation: Investigation) -> datetime:
    """When its need is to be looked at again."""
    return investigation.review_at or investigation.opened_at + FIRST
