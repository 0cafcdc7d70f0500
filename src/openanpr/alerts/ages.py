"""Lengths of time as people say them, for the age of a list and of an entry."""

from datetime import datetime, timedelta


def age(since: datetime, *, at: datetime) -> str:
    """How long ago ``since`` was, in its largest whole unit: ``3 days``; ``under a minute``."""
    return length(max(at - since, timedelta()))


def length(span: timedelta) -> str:
    """A span in its largest whole unit of days, hours or minutes."""
    for unit, seconds in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        count = int(span.total_seconds() // seconds)
        if count:
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "under a minute"
