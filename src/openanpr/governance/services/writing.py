"""Opening a case, writing its parts, naming its cameras, attaching evidence, submitting it."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from openanpr.access.decide import decide_camera_change
from openanpr.access.explain import explain
from openanpr.audit.services import record_event
from openanpr.governance import queries
from openanpr.governance.flow import CaseMoveFacts
from openanpr.governance.models import CameraCase, CaseCamera, CaseEvidence, CasePart
from openanpr.governance.services.steps import WRITING, CaseRefusedError, take_step, written_by
from openanpr.governance.standing import before_deciding
from openanpr.governance.vocabulary import WRITABLE
from openanpr.investigations.services.author import Author
from openanpr.policy.queries import profile_in_force
from openanpr.wire.ids import uuid7


@transaction.atomic
def open_case(*, author: Author, title: str, reason: str, at: datetime) -> CameraCase:
    """Open a case. Raises ``CaseRefusedError``."""
    identity = uuid7()
    case = CameraCase.objects.create(
        id=identity,
        reference=f"CC-{at.year}-{identity.hex[-8:].upper()}",
        force_id=author.actor.force,
        title=title,
        state_changed_at=at,
        opened_at=at,
    )
    take_step(
        case, "open", author=author, acting=WRITING, facts=facts_of(author, reason, at), at=at
    )
    return case


@transaction.atomic
def save_part(
    *,
    author: Author,
    case_id: uuid.UUID,
    part: str,
    answers: Mapping[str, Any],
    complete: bool,
    at: datetime,
) -> CasePart:
    """Keep a part as it stands now; earlier versions stay. Raises ``CaseRefusedError``."""
    case = _writable(author, case_id, at)
    last = case.parts.filter(part=part).order_by("-sequence").first()
    row = CasePart.objects.create(
        case=case,
        part=part,
        sequence=1 if last is None else last.sequence + 1,
        answers=dict(answers),
        complete=complete,
        **written_by(author, at),
    )
    _record(author, case, "case.write", at, part=part, version=row.sequence, complete=row.complete)
    return row


@transaction.atomic
def name_cameras(
    *, author: Author, case_id: uuid.UUID, camera_ids: frozenset[int], at: datetime
) -> None:
    """Say which cameras the case is for. Raises ``CaseRefusedError``."""
    case = _writable(author, case_id, at)
    known = queries.proposable_cameras(author.actor).filter(id__in=camera_ids)
    wanted = set(known.values_list("id", flat=True))
    CaseCamera.objects.filter(case=case).exclude(camera_id__in=wanted).delete()
    CaseCamera.objects.bulk_create(
        [CaseCamera(case=case, camera_id=number) for number in sorted(wanted)],
        ignore_conflicts=True,
    )
    _record(author, case, "case.cameras", at, cameras=sorted(wanted))


@transaction.atomic
def attach_file(
    *,
    author: Author,
    case_id: uuid.UUID,
    title: str,
    name: str,
    kind: str,
    content: bytes,
    at: datetime,
) -> CaseEvidence:
    """Attach a file whose kind ``files.kind_of`` has found. Raises ``CaseRefusedError``."""
    case = _writable(author, case_id, at)
    row = CaseEvidence.objects.create(
        case=case,
        title=title,
        file_name=name[-120:],
        file_kind=kind,
        sha256=sha256(content).hexdigest(),
        size=len(content),
        content=content,
        **written_by(author, at),
    )
    _record(author, case, "case.evidence", at, evidence=str(row.id), kind=kind)
    return row


@transaction.atomic
def attach_link(
    *, author: Author, case_id: uuid.UUID, title: str, link: str, at: datetime
) -> CaseEvidence:
    """Attach a link. Raises ``CaseRefusedError``."""
    case = _writable(author, case_id, at)
    row = CaseEvidence.objects.create(case=case, title=title, link=link, **written_by(author, at))
    _record(author, case, "case.evidence", at, evidence=str(row.id), kind="link")
    return row


@transaction.atomic
def remove_evidence(
    *, author: Author, case_id: uuid.UUID, evidence_id: uuid.UUID, at: datetime
) -> None:
    """Take an item away from the case; its row stays, its content goes. ``CaseRefusedError``."""
    case = _writable(author, case_id, at)
    found = case.evidence.filter(id=evidence_id, removed_at=None)
    if found.update(removed_at=at, removed_by=author.user.full_name, content=None):
        _record(author, case, "case.evidence-removed", at, evidence=str(evidence_id))


@transaction.atomic
def submit_case(*, author: Author, case_id: uuid.UUID, reason: str, at: datetime) -> None:
    """Put a complete case before whoever decides it. Raises ``CaseRefusedError``."""
    case = held(author, case_id)
    points = before_deciding(queries.standing_of(case), at=at)
    facts = facts_of(author, reason, at, open_points=points)
    take_step(case, "submit", author=author, acting=WRITING, facts=facts, at=at)


@transaction.atomic
def give_up_case(*, author: Author, case_id: uuid.UUID, reason: str, at: datetime) -> None:
    """End a case without a decision. Raises ``CaseRefusedError``."""
    case = held(author, case_id)
    facts = facts_of(author, reason, at)
    take_step(case, "give-up", author=author, acting=WRITING, facts=facts, at=at)


def held(author: Author, case_id: uuid.UUID) -> CameraCase:
    """A case that the author may know of, its row held for the transaction under way.

    Raises ``CameraCase.DoesNotExist``.
    """
    known = queries.cases_known_to(author.actor).filter(id=case_id)
    return CameraCase.objects.select_for_update().get(id=known.values("id")[:1])


def facts_of(
    author: Author, reason: str, at: datetime, *, open_points: tuple[str, ...] = ()
) -> CaseMoveFacts:
    """The facts of a move that is no decision."""
    return CaseMoveFacts(
        actor=author.actor,
        profile=profile_in_force(at=at),
        reason=reason,
        open_points=open_points,
    )


def _writable(author: Author, case_id: uuid.UUID, at: datetime) -> CameraCase:
    case = held(author, case_id)
    if case.state not in WRITABLE:
        raise CaseRefusedError("The case cannot be written any more: it awaits or has a decision.")
    profile = profile_in_force(at=at)
    decision = decide_camera_change(actor=author.actor, reason=case.title, profile=profile)
    if not decision.allowed:
        raise CaseRefusedError(*explain(decision, profile=profile))
    return case


def _record(author: Author, case: CameraCase, verb: str, at: datetime, **payload: Any) -> None:
    record_event(
        verb=verb,
        actor=author.acting(WRITING),
        at=at,
        subject=f"camera-case:{case.id}",
        payload={"case": case.reference, **payload},
        **author.origin,
    )
