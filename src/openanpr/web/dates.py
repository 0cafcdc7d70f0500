"""Times as people read them: in the force's zone, with the offset, never a bare local time."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings


def force_zone() -> ZoneInfo:
    """The zone in which pages show and take times."""
    return ZoneInfo(settings.SETTINGS.force_time_zone)


def local(moment: datetime) -> datetime:
    """``moment`` (aware) in the force's zone; a naive one raises ``ValueError``."""
    if moment.utcoffset() is None:
        raise ValueError("a time without zone cannot be shown")
    return moment.astimezone(force_zone())


def offset(moment: datetime) -> str:
    """The offset as shown: ``UTC``, ``UTC+1`` or ``UTC+5:30``."""
    seconds = int((moment.utcoffset() or timedelta()).total_seconds())
    if seconds == 0:
        return "UTC"
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"UTC{'+' if seconds > 0 else '-'}{hours}" + (f":{minutes:02d}" if minutes else "")


def day(moment: datetime | date) -> str:
    """``22 November 2026``."""
    value = local(moment).date() if isinstance(moment, datetime) else moment
    return f"{value.day} {value:%B %Y}"


def moment(value: datetime) -> str:
    """``22 November 2026, 14:05:09 UTC``."""
    shown = local(value)
    return f"{shown.day} {shown:%B %Y, %H:%M:%S} {offset(shown)}"


def short_moment(value: datetime) -> str:
    """``22 Nov 2026 14:05 UTC``, for tables."""
    shown = local(value)
    return f"{shown.day} {shown:%b %Y %H:%M} {offset(shown)}"


def clock_time(value: datetime) -> str:
    """``14:05:09 UTC``, where the day is plain."""
    shown = local(value)
    return f"{shown:%H:%M:%S} {offset(shown)}"


def iso(value: datetime | date) -> str:
    """For ``<time datetime="...">``."""
    if not isinstance(value, datetime):
        return value.isoformat()
    return local(value).isoformat(timespec="seconds")
