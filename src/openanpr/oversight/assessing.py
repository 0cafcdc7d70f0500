"""What is known of each search of a period, for the table of risks. Looks at no read."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, QuerySet

from openanpr.access.bands import before
from openanpr.access.profile import Profile
from openanpr.audit.models import AuditEvent
from openanpr.oversight.models import PersonVehicle
from openanpr.oversight.risk import Facts
from openanpr.policy.queries import profile_in_force
from openanpr.search.models import SearchRun
from openanpr.vrm import canonical
from openanpr.web.dates import local

SHORTLY: Final = timedelta(days=1)


def runs_between(start: datetime, end: datetime) -> QuerySet[SearchRun]:
    """The searches asked in ``[start, end)``, refused ones too; further pages are none."""
    found = SearchRun.objects.filter(asked_at__gte=start, asked_at__lt=end, continues=None)
    return found.select_related("user", "investigation").order_by("asked_at", "id")


def marks_of(run: SearchRun) -> frozenset[str]:
    """The whole marks that a search named, as compared (O and 0, I and 1 folded)."""
    named = {run.vrm, run.question.get("companions_of"), *run.question.get("vrms", ())}
    return frozenset(canonical(one) for one in named if one)


def needed_authority(run: SearchRun) -> bool:
    """Whether it looked at reads of an age that needs an authorisation."""
    return any(part.get("allowed") and part.get("grants") for part in run.parts)


def was_challenged(run: SearchRun) -> bool:
    """Whether it showed signs of misuse."""
    return bool(run.signs)


def assess(runs: Iterable[SearchRun]) -> dict[UUID, Facts]:
    """The facts of each search among all of these, which are of one period, oldest first."""
    listed = list(runs)
    if not listed:
        return {}
    known = _Known.of(listed)
    return {run.id: known.facts(run) for run in listed}


@dataclass(slots=True)
class _Known:
    """The counts over the period, made in one pass."""

    profile: Profile
    marks: dict[UUID, frozenset[str]] = field(default_factory=dict)
    same_mark: Counter[tuple[str, str]] = field(default_factory=Counter)
    cases: dict[tuple[str, str], set[Any]] = field(default_factory=lambda: defaultdict(set))
    refusals: dict[tuple[str, str], list[datetime]] = field(
        default_factory=lambda: defaultdict(list)
    )
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    searches: Counter[Any] = field(default_factory=Counter)
    acts: Mapping[str, int] = field(default_factory=dict)
    owners: Mapping[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, runs: list[SearchRun]) -> "_Known":
        known = cls(profile=profile_in_force(at=runs[-1].asked_at))
        for run in runs:
            known._count(run)
        references = {run.investigation.reference for run in runs if run.investigation}
        known.acts = _acts(references, runs[0].asked_at, runs[-1].asked_at)
        known.owners = _owners(frozenset().union(*known.marks.values()))
        return known

    def _count(self, run: SearchRun) -> None:
        person = run.user.person_id
        self.marks[run.id] = marks_of(run)
        self.reasons[person, _plain(run.reason)] += 1
        if run.investigation_id is not None:
            self.searches[run.investigation_id] += 1
        for mark in self.marks[run.id]:
            self.same_mark[person, mark] += 1
            self.cases[person, mark].add(run.investigation_id)
            if run.decision == "deny":
                self.refusals[person, mark].append(run.asked_at)

    def facts(self, run: SearchRun) -> Facts:
        person, marks = run.user.person_id, self.marks[run.id]
        owners = {owner for mark in marks for owner in self.owners.get(mark, ())}
        case = run.investigation
        return Facts(
            own_vehicle=person in owners,
            colleague_vehicle=bool(owners - {person}),
            investigations_of_mark=max((len(self.cases[person, one]) for one in marks), default=1),
            challenged=was_challenged(run),
            same_mark=max((self.same_mark[person, one] for one in marks), default=1),
            refused_before=any(
                run.asked_at - SHORTLY <= when < run.asked_at
                for one in marks
                for when in self.refusals.get((person, one), ())
            ),
            searches_of_investigation=self.searches[case.id] if case else 1,
            other_acts=self.acts.get(case.reference, 0) if case else 1,
            days_to_edge=self._days_to_edge(run),
            older_band=needed_authority(run),
            local_hour=local(run.asked_at).hour,
            reason_words=len(run.reason.split()),
            same_reason=self.reasons[person, _plain(run.reason)],
        )

    def _days_to_edge(self, run: SearchRun) -> int | None:
        edges = (before(run.asked_at, band.until) for band in self.profile.bands)
        return min(
            (int(abs(run.period_from - edge) / timedelta(days=1)) for edge in edges), default=None
        )


def _acts(references: set[str], start: datetime, end: datetime) -> dict[str, int]:
    """What else was done in these investigations, by reference."""
    found = (
        AuditEvent.objects.filter(investigation__in=references, at__gte=start, at__lte=end)
        .exclude(verb__startswith="search.")
        .values_list("investigation")
        .annotate(acts=Count("sequence"))
        .order_by()
    )
    return dict(found)


def _owners(marks: frozenset[str]) -> dict[str, set[str]]:
    owners: dict[str, set[str]] = defaultdict(set)
    rows = PersonVehicle.objects.filter(canonical__in=marks)
    for mark, person in rows.values_list("canonical", "person_id"):
        owners[mark].add(person)
    return owners


def _plain(reason: str) -> str:
    return " ".join(reason.casefold().split())
