"""What falls due of reviews, incidents and statements."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from openanpr.assurance.models import Incident, Statement
from openanpr.assurance.reviews import reviews
from openanpr.assurance.services.incidents import standing_of
from openanpr.assurance.statements import statement_kinds
from openanpr.assurance.vocabulary import OVERSEEING, RECORDING, REVIEWING
from openanpr.web.deadlines import Asked, Deadline


def reviewed(asked: Asked) -> Iterable[Deadline]:
    """Reviews of rules, roles and agreements; the register of cameras tells of its own."""
    if not asked.is_for(*REVIEWING):
        return
    for one in reviews(at=asked.at):
        if one.due_at <= asked.until and one.kind.name != "camera":
            yield Deadline(
                key=f"review:{one.subject.reference}",
                sentence=f"Review: {one.subject.title}",
                consequence=one.kind.otherwise,
                due_at=one.due_at,
                url_name="assurance_review",
                url_kwargs={"reference": one.subject.reference},
                roles=one.kind.roles,
                force=one.subject.force,
                covert=one.subject.covert,
            )


def incidents(asked: Asked) -> Iterable[Deadline]:
    """Breaches to be reported in time, and people to be told."""
    if not asked.is_for(*RECORDING):
        return
    for incident in Incident.objects.prefetch_related("steps"):
        standing = standing_of(incident)
        dues: dict[str, tuple[datetime | None, str]] = {
            "report": (standing.report_by, "Report it to the Information Commissioner"),
            "people": (
                standing.known_at if standing.must_tell_people else None,
                "Tell the people concerned, without undue delay",
            ),
        }
        for name, (due_at, what) in dues.items():
            if due_at is not None and standing.closed_at is None:
                yield Deadline(
                    key=f"incident.{name}:{incident.id}",
                    sentence=f"{incident.reference}: {what}",
                    consequence="The law sets this time; reasons must be given for any delay.",
                    due_at=due_at,
                    url_name="assurance_incident",
                    url_kwargs={"incident_id": incident.id},
                    roles=RECORDING,
                    force=incident.force,
                )


def statements(asked: Asked) -> Iterable[Deadline]:
    """Signed statements to be looked at again."""
    if not asked.is_for(*OVERSEEING):
        return
    newest: dict[tuple[str, str], Statement] = {}
    for one in Statement.objects.filter(signed_at__isnull=False).order_by("version"):
        newest[one.force, one.kind] = one
    for one in newest.values():
        if one.review_at is not None and one.review_at <= asked.until:
            yield Deadline(
                key=f"statement:{one.id}",
                sentence=f"Review: {statement_kinds()[one.kind].title}",
                consequence="It says how things were a year ago.",
                due_at=one.review_at,
                url_name="assurance_statement",
                url_kwargs={"kind": one.kind},
                roles=RECORDING,
                force=one.force,
            )


DEADLINES: Final = (reviewed, incidents, statements)
