"""Ages of reads, counted back from the moment of the question in UTC.

Months and years go by the calendar: one year before 29 February is 28 February, one month before
31 August is 31 July, six months before it 28 or 29 February. A read whose age is exactly a band's
bound is past it. Because ages are half-open towards the past and periods half-open towards the
future, every edge here is the *first instant that is still under the bound*, one microsecond
after the bound itself (the resolution of both Python's and PostgreSQL's clocks). Slices between
edges then tile all time with nothing lost or doubled.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from openanpr.access.profile import Band, Profile, Span
from openanpr.access.vocabulary import Counting

RESOLUTION = timedelta(microseconds=1)
BEYOND_RETENTION = "beyond-retention"
FUTURE = "future"
HELD = "held-past-retention"
RESERVED_NAMES = frozenset({BEYOND_RETENTION, FUTURE, HELD})

_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Slice:
    """A half-open stretch of capture times; no ``band`` in the future or past retention."""

    name: str
    start: datetime
    end: datetime
    band: Band | None = None


def utc(moment: datetime) -> datetime:
    """The same instant in UTC. Raises ``ValueError`` for a time without a zone."""
    if moment.tzinfo is UTC:
        return moment
    if moment.utcoffset() is None:
        raise ValueError("a time without a zone was given; give an aware datetime")
    return moment.astimezone(UTC)


def before(moment: datetime, span: Span) -> datetime:
    """``span`` before ``moment``, by the calendar in UTC, at most the month's last day."""
    moment = utc(moment)
    if not span.months:
        return _shift(moment, -timedelta(days=span.days))
    month = moment.year * 12 + (moment.month - 1) - span.months
    year, month = divmod(month, 12)
    if year < 1:
        return _FIRST
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def first_under(span: Span, *, at: datetime, counting: Counting) -> datetime:
    """The earliest capture time whose age at ``at`` is still under ``span``."""
    if counting is Counting.DAYS:
        today = utc(at).replace(hour=0, minute=0, second=0, microsecond=0)
        return _shift(before(today, span), timedelta(days=1))
    return _shift(before(at, span), RESOLUTION)


def slices(*, at: datetime, profile: Profile) -> tuple[Slice, ...]:
    """All time, oldest first: beyond retention, the bands, the future."""
    end = _shift(utc(at), profile.clock_tolerance + RESOLUTION)
    tiling = [Slice(FUTURE, end, _LAST)]
    for band in profile.bands:
        start = first_under(band.until, at=at, counting=profile.counting)
        tiling.append(Slice(band.name, start, end, band))
        end = start
    tiling.append(Slice(BEYOND_RETENTION, _FIRST, end))
    return tuple(reversed(tiling))


def band_of(captured_at: datetime, *, at: datetime, profile: Profile) -> Slice:
    """The slice that a read captured then lies in, at the moment of the question."""
    captured_at = utc(captured_at)
    tiling = slices(at=at, profile=profile)
    return next((one for one in tiling if one.start <= captured_at < one.end), tiling[-1])


def split(
    start: datetime,
    end: datetime,
    *,
    at: datetime,
    profile: Profile,
    cuts: frozenset[datetime] = frozenset(),
) -> tuple[Slice, ...]:
    """The period ``[start, end)`` over the slices, oldest first, and further at ``cuts``.

    The pieces tile the period: none overlaps, nothing is lost. An empty period has no pieces.
    """
    start, end = utc(start), utc(end)
    pieces: list[Slice] = []
    for one in slices(at=at, profile=profile):
        low, high = max(one.start, start), min(one.end, end)
        if low >= high:
            continue
        edges = sorted({low, high} | {cut for cut in map(utc, cuts) if low < cut < high})
        pieces += [Slice(one.name, left, right, one.band) for left, right in pairwise(edges)]
    return tuple(pieces)


def retention_edge(*, at: datetime, profile: Profile) -> datetime:
    """The earliest capture time within retention: rows before it are denied and removed."""
    return first_under(profile.retention, at=at, counting=profile.counting)


def _shift(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment + by
    except OverflowError:
        return _FIRST if by < timedelta(0) else _LAST
