"""The clock of a request, from its steps and the settings."""

from collections.abc import Sequence
from datetime import date, datetime

from openanpr.config.values import Settings, get_settings
from openanpr.rights.clocks import Clock, ClockRule, Pause, Timing, WorkingDays, clock_of
from openanpr.rights.holidays import Nation
from openanpr.rights.models import InformationRequest, RequestStep
from openanpr.rights.vocabulary import Kind
from openanpr.web.dates import local


def rule_for(kind: Kind, settings: Settings | None = None) -> ClockRule:
    """The time that requests of this kind have here."""
    settings = settings or get_settings()
    further = frozenset(map(date.fromisoformat, _listed(settings.further_holidays)))
    if kind is Kind.FOI:
        return ClockRule(
            working_days=settings.foi_working_days,
            extension_working_days=settings.foi_extension_working_days,
            restarts=True,
            calendar=WorkingDays(further=further),
        )
    nations = frozenset(map(Nation, _listed(settings.bank_holidays_of)))
    return ClockRule(
        months=settings.rights_months,
        extension_months=settings.rights_extension_months,
        calendar=WorkingDays(nations=nations, further=further),
    )


def request_clock(request: InformationRequest, steps: Sequence[RequestStep]) -> Clock:
    """Where the time of a request stands; ``steps`` are all of its own, oldest first."""
    timing = Timing(
        received=request.received_on,
        identified=request.identified_on if request.what.is_personal else request.received_on,
        pauses=_pauses(steps),
        extended=request.extended,
    )
    return clock_of(timing, rule_for(request.what))


def day_of(at: datetime) -> date:
    """The day of an instant in the force's zone."""
    return local(at).date()


def _pauses(steps: Sequence[RequestStep]) -> tuple[Pause, ...]:
    pauses: list[Pause] = []
    for step in steps:
        if step.move == "ask-clarification":
            pauses.append(Pause(start=step.on))
        elif step.move in {"clarify", "withdraw"} and pauses and pauses[-1].end is None:
            pauses[-1] = Pause(start=pauses[-1].start, end=step.on)
    return tuple(pauses)


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]
