"""The statements that a force makes about the system, and what the system can say to them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Final

from django.db.models import Count, Q, QuerySet

from openanpr.alerts.models import AlertOutcome
from openanpr.alerts.vocabulary import Outcome
from openanpr.assurance.figures import YEAR, Figure
from openanpr.assurance.models import Incident, ReviewDone, SharingAgreement, Statement
from openanpr.cameras.models import Camera
from openanpr.cameras.vocabulary import CameraState
from openanpr.hotlists.models import Hotlist
from openanpr.hotlists.vocabulary import ListState
from openanpr.policy.queries import profile_in_force
from openanpr.search.models import SearchRun
from openanpr.web.deadlines import all_deadlines

EVERY: Final = timedelta(days=365)
"""A signed statement is looked at again within this time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementKind:
    """What a statement is called, what it is about, and its headings in order."""

    name: str
    title: str
    about: str
    headings: Mapping[str, str]


@cache
def statement_kinds() -> dict[str, StatementKind]:
    """Every kind by its name, from ``headings.toml``."""
    text = (files("openanpr.assurance") / "headings.toml").read_text(encoding="utf-8")
    return {name: StatementKind(name=name, **table) for name, table in tomllib.loads(text).items()}


def newest(kind: str, *, force: str, signed: bool) -> Statement | None:
    """The newest version that is signed, or the draft after it."""
    found = Statement.objects.filter(kind=kind, force=force, signed_at__isnull=not signed)
    return found.order_by("-version").first()


def live_figures(*, force: str, at: datetime) -> list[Figure]:
    """What the system itself can say, for the whole force and over the last year."""
    since = at - YEAR
    profile = profile_in_force(at=at)
    searches = SearchRun.objects.filter(asked_at__gte=since).aggregate(
        all=Count("id"), refused=Count("id", filter=Q(decision="deny"))
    )
    outcomes = AlertOutcome.objects.filter(at__gte=since).aggregate(
        all=Count("id"),
        misread=Count("id", filter=Q(outcome=Outcome.MISREAD)),
        stale=Count("id", filter=Q(outcome=Outcome.STALE_ENTRY)),
    )
    lists = Hotlist.objects.filter(state=ListState.ACTIVE, weed_at__gt=at)
    due = [one for one in all_deadlines(at=at) if one.is_overdue(at=at) and not one.personal]
    return [
        Figure("Rules in force", profile.label),
        Figure("Reads are kept for", str(profile.retention)),
        Figure("Cameras live", str(Camera.objects.filter(state=CameraState.LIVE).count())),
        Figure("Reviews of cameras", _reviews(since)),
        Figure("Lists in use, and past their review", f"{lists.count()}, {_late(lists, at)}"),
        Figure("Searches, and refused", f"{searches['all']}, {searches['refused']}"),
        Figure(
            "Alerts with an outcome; misread; list out of date",
            f"{outcomes['all']}; {outcomes['misread']}; {outcomes['stale']}",
        ),
        Figure(
            "Sharing agreements",
            str(SharingAgreement.objects.filter(force=force, ended_at=None).count()),
        ),
        Figure(
            "Incidents",
            str(Incident.objects.filter(force=force, known_at__gte=since).count()),
        ),
        Figure("Overdue now, for anybody", str(len(due))),
    ]


def _reviews(since: datetime) -> str:
    return str(ReviewDone.objects.filter(kind="camera", at__gte=since).count())


def _late(lists: QuerySet[Hotlist], at: datetime) -> int:
    return lists.filter(review_at__lte=at).count()
