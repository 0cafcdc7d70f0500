"""Seeding of what the public sees: three months of invented figures, and one complaint."""

import hmac
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from openanpr.accounts.models import User
from openanpr.audit.actors import AuditActor
from openanpr.audit.services import record_event
from openanpr.complaints.services.receiving import Said, receive_complaint
from openanpr.complaints.vocabulary import DESK, About, Channel
from openanpr.public.figures.months import month_of, previous_month
from openanpr.public.figures.protecting import protect
from openanpr.public.models import PublishedFigure

MONTHS: Final = 3
COMPLAINT: Final = UUID("01900000-0000-7000-8000-00000000c0de")
_COUNTS: Final = {
    "reads": 1_912_400,
    "hits": 4_180,
    "alerts": 3_065,
    "alerts-verified": 2_410,
    "stops": 372,
    "arrests": 61,
    "false-misread": 214,
    "false-stale": 187,
    "false-wrong-vehicle": 43,
    "searches-other-legitimate": 58,
    "searches-priority-and-volume": 331,
    "searches-serious": 274,
    "searches-major": 66,
    "searches-counter-terrorism": 21,
    "searches-to-90-days": 655,
    "searches-to-12-months": 78,
    "searches-beyond": 17,
    "searches-refused": 49,
    "searches-older": 95,
    "authorisations-granted": 88,
    "authorisations-refused": 27,
    "exports": 34,
    "checked": 640,
    "checked-right": 619,
    "corrected": 38,
    "complaints": 23,
    "complaints-answered": 19,
    "complaints-upheld": 12,
    "audit-looks": 164,
    "reviews": 121,
    "findings-learning": 18,
    "findings-breach": 13,
    "findings-serious": 2,
    "certificates": 30,
    "deleted": 1_844_000,
    "cameras-fixed": 38,
    "cameras-vehicle": 22,
}
_OF_A_HUNDRED: Final = 16


def ensure_public(officer: User, *, at: datetime) -> None:
    """Publish the last months where none is, and enter a complaint that came by post."""
    month = month_of(at)
    for _ in range(MONTHS):
        month = previous_month(month)
        _ensure_month(month, at=at)
    receive_complaint(
        complaint_id=COMPLAINT,
        force=officer.force,
        channel=Channel.POST,
        said=Said(
            about=About.MISREAD,
            text=(
                "I was stopped on the way to work. The officer was polite, and showed me the "
                "picture: the plate on it was not mine. It happened for the second time."
            ),
            happened="Last Tuesday, in the morning",
            wanted="Please make sure that it does not happen again.",
            name="Kerry Example",
            contact="3 Mill Lane, Fenbridge",
        ),
        files=(),
        received_at=at - timedelta(days=2),
        at=at,
        by=officer,
        acting=AuditActor.person(officer, min(DESK).value),
    )


def _ensure_month(month: date, *, at: datetime) -> None:
    if PublishedFigure.objects.filter(month=month).exists():
        return
    counts = {figure: _varied(count, figure, month) for figure, count in _COUNTS.items()}
    figures = protect(counts, month=month, key=b"invented, and no secret")
    PublishedFigure.objects.bulk_create(
        PublishedFigure(month=month, figure=one.figure.key, value=one.value, published_at=at)
        for one in figures
    )
    record_event(
        verb="figures.publish",
        actor=AuditActor.system("demonstration"),
        at=at,
        subject=f"figures:{month:%Y-%m}",
        payload={"month": f"{month:%Y-%m}", "figures": len(figures)},
    )


def _varied(count: int, figure: str, month: date) -> int:
    """Up to eight in a hundred more or fewer, the same each time."""
    group = "checked" if figure.startswith("checked") else figure
    drawn = hmac.digest(b"demonstration", f"{month}/{group}".encode(), sha256)[0]
    return count + count * (drawn % (_OF_A_HUNDRED + 1) - _OF_A_HUNDRED // 2) // 100
