"""When a reply is due: pure functions over days. What the law is believed to say is data.

DPA 2018 s.54: the time starts at the latest of request, proof of identity and fee; it may be
extended by two further months, with notice and reasons within the first; it may pause while we ask
what is meant. FOIA s.10: twenty working days after receipt, begun anew by a clarification. The
lengths are settings, since forces' own advice differs and not all of them could be verified.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

from openanpr.rights.holidays import ALL_NATIONS, Nation, is_working_day


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDays:
    """Which days count: none of a weekend, a bank holiday of ``nations``, or ``further``."""

    nations: frozenset[Nation] = ALL_NATIONS
    further: frozenset[date] = frozenset()

    def counts(self, day: date) -> bool:
        """Whether ``day`` is a working day."""
        return is_working_day(day, nations=self.nations, further=self.further)

    def next_from(self, day: date) -> date:
        """``day``, or the first working day after it."""
        while not self.counts(day):
            day += timedelta(days=1)
        return day

    def after(self, day: date, number: int) -> date:
        """The working day that is the ``number``-th after ``day``; ``day`` itself for 0."""
        for _ in range(number):
            day = self.next_from(day + timedelta(days=1))
        return day


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule:
    """The time that one kind of request has: in months, or in working days.

    ``restarts``: a clarification begins the time anew; else the time stands still meanwhile.
    """

    months: int = 0
    extension_months: int = 0
    working_days: int = 0
    extension_working_days: int = 0
    restarts: bool = False
    calendar: WorkingDays = field(default_factory=WorkingDays)

    def end(self, start: date, *, extended: bool, paused_days: int) -> date:
        """The last day for a reply to what starts the time on ``start``."""
        if self.working_days:
            number = self.working_days + (self.extension_working_days if extended else 0)
            return self.calendar.after(start + timedelta(days=paused_days), number)
        months = self.months + (self.extension_months if extended else 0)
        return self.calendar.next_from(add_months(start, months) + timedelta(days=paused_days))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A clarification: asked for on ``start``, given on ``end`` (``None``: not yet)."""

    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What happened to a request, by days of the force's zone.

    ``identified`` is when proof of identity was given; ``None`` while it is wanted. A request that
    needs none has the day on which it was received.
    """

    received: date
    identified: date | None
    pauses: tuple[Pause, ...] = ()
    extended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Where the time stands. ``due`` is ``None`` while it has not started or stands still.

    ``extend_by``: the last day on which the person may be told of an extension.
    """

    due: date | None
    started: date | None = None
    stands_still: bool = False
    extend_by: date | None = None

    def is_overdue(self, today: date) -> bool:
        """Whether the last day has passed."""
        return self.due is not None and today > self.due

    def days_left(self, today: date) -> int | None:
        """Days until the last one: 0 on it, less than 0 after it."""
        return None if self.due is None else (self.due - today).days


def clock_of(timing: Timing, rule: ClockRule) -> Clock:
    """The clock of a request of this rule to which this happened."""
    if timing.identified is None:
        return Clock(due=None)
    start = max(timing.received, timing.identified)
    paused = 0
    for pause in timing.pauses:
        if pause.end is None:
            return Clock(due=None, started=start, stands_still=True)
        if rule.restarts:
            start = max(start, pause.end)
        else:
            paused += max((pause.end - max(pause.start, start)).days, 0)
    return Clock(
        due=rule.end(start, extended=timing.extended, paused_days=paused),
        started=start,
        extend_by=rule.end(start, extended=False, paused_days=paused),
    )


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
