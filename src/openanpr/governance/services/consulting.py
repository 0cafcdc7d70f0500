"""Consultation: opened, people asked, personal pages, replies."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openanpr.audit.services import AuditActor, record_event
from openanpr.cameras.queries import place_of
from openanpr.governance import queries
from openanpr.governance.models import CameraCase, ConsultationReply, Consultee
from openanpr.governance.services.steps import WRITING, CaseRefusedError, take_step, written_by
from openanpr.governance.services.writing import facts_of, held
from openanpr.governance.standing import before_consulting
from openanpr.governance.vocabulary import CaseState, Channel, ReleaseLevel
from openanpr.investigations.services.author import Author
from openanpr.wire.ids import uuid7


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a named consultee is told; ``places`` only as far as they were released."""

    reference: str
    area: str
    purpose: str
    summary: str
    closes_at: datetime
    places: tuple[str, ...]


@transaction.atomic
def open_consultation(
    *, author: Author, case_id: uuid.UUID, until: datetime, reason: str, at: datetime
) -> None:
    """Put the case before the public until a day. Raises ``CaseRefusedError``."""
    case = held(author, case_id)
    points = before_consulting(queries.standing_of(case))
    case.consults_from, case.consults_until = at, until
    facts = facts_of(author, reason, at, open_points=points)
    take_step(case, "consult", author=author, acting=WRITING, facts=facts, at=at)


@transaction.atomic
def add_consultee(
    *,
    author: Author,
    case_id: uuid.UUID,
    who: str,
    organisation: str,
    interest: str,
    how: str,
    with_link: bool,
    at: datetime,
) -> tuple[Consultee, str]:
    """Note who is asked; with ``with_link`` also the token of a personal page, said this once.

    The page ends with the consultation. Raises ``CaseRefusedError``.
    """
    case = held(author, case_id)
    if with_link and (case.state != CaseState.CONSULTING or case.consults_until is None):
        raise CaseRefusedError("A personal page is made once the consultation is open.")
    token = secrets.token_urlsafe(32) if with_link else ""
    row = Consultee.objects.create(
        case=case,
        who=who,
        organisation=organisation,
        interest=interest,
        how=how,
        link_digest=queries.digest_of(token) if token else None,
        link_expires_at=case.consults_until if token else None,
        **written_by(author, at),
    )
    record_event(
        verb="case.ask",
        actor=author.acting(WRITING),
        at=at,
        subject=f"camera-case:{case.id}",
        payload={"case": case.reference, "consultee": str(row.id), "page": bool(token)},
        **author.origin,
    )
    return row, token


@transaction.atomic
def enter_reply(
    *, author: Author, case_id: uuid.UUID, channel: Channel, who: str, words: str, at: datetime
) -> ConsultationReply:
    """Log a reply that came by letter, meeting, telephone or e-mail."""
    case = held(author, case_id)
    row = _reply(case, channel=channel, words=words, who=who, at=at, by=author.user.full_name)
    _record_reply(case, row, author.acting(WRITING), at)
    return row


@transaction.atomic
def log_public_reply(
    *, case_id: uuid.UUID, who: str, contact: str, words: str, at: datetime
) -> str | None:
    """Log a reply from the public pages: its reference, or ``None`` where none are taken now.

    The caller has checked lengths and floods. Nothing of it reaches the audit but its id.
    """
    if queries.open_consultation(case_id, at=at) is None:
        return None
    case = CameraCase.objects.get(id=case_id)
    row = _reply(case, channel=Channel.PUBLIC_PAGE, words=words, who=who, contact=contact, at=at)
    _record_reply(case, row, AuditActor.unknown(), at)
    return row.reference


@transaction.atomic
def show_personal_page(*, consultee: Consultee, at: datetime) -> Told:
    """What the consultee is told: audited before anything of it leaves."""
    case = consultee.case
    release = queries.newest_release(case)
    level = ReleaseLevel(release.level) if release else ReleaseLevel.AREA
    record_event(
        verb="case.show",
        actor=AuditActor.unknown(f"consultee {consultee.id}"),
        at=at,
        subject=f"camera-case:{case.id}",
        payload={
            "case": case.reference,
            "consultee": str(consultee.id),
            "level": level.value,
        },
    )
    told = queries.newest_parts(case)["public"].answers
    return Told(
        reference=case.reference,
        area=told.get("area", ""),
        purpose=told.get("purpose", ""),
        summary=told.get("summary", ""),
        closes_at=case.consults_until or at,
        places=_places(case, level, release.words if release else ""),
    )


@transaction.atomic
def reply_on_personal_page(*, consultee: Consultee, words: str, at: datetime) -> str:
    """Log the consultee's own reply; its reference."""
    row = _reply(
        consultee.case,
        channel=Channel.PERSONAL_PAGE,
        words=words,
        who=consultee.who,
        at=at,
        consultee=consultee,
    )
    _record_reply(consultee.case, row, AuditActor.unknown(f"consultee {consultee.id}"), at)
    return row.reference


def _places(case: CameraCase, level: ReleaseLevel, words: str) -> tuple[str, ...]:
    if level is ReleaseLevel.AREA:
        return ()
    if level is ReleaseLevel.WORDS:
        return (words,)
    cameras = case.cameras.select_related("site").order_by("id")
    names = (place_of(camera, with_location=True).site_name for camera in cameras)
    return tuple(dict.fromkeys(name for name in names if name))


def _reply(
    case: CameraCase,
    *,
    channel: Channel,
    words: str,
    who: str,
    at: datetime,
    contact: str = "",
    by: str = "",
    consultee: Consultee | None = None,
) -> ConsultationReply:
    identity = uuid7()
    return ConsultationReply.objects.create(
        id=identity,
        reference=f"CR-{identity.hex[-10:].upper()}",
        case=case,
        consultee=consultee,
        channel=channel.value,
        who=who,
        contact=contact,
        words=words,
        received_at=at,
        entered_by=by,
    )


def _record_reply(
    case: CameraCase, row: ConsultationReply, actor: AuditActor, at: datetime
) -> None:
    record_event(
        verb="case.reply",
        actor=actor,
        at=at,
        subject=f"camera-case:{case.id}",
        payload={"case": case.reference, "reply": str(row.id), "channel": row.channel},
    )
