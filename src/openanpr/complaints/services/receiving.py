"""A complaint comes in: from the public pages, or entered at the desk."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from openanpr.accounts.models import User
from openanpr.audit.actors import AuditActor
from openanpr.audit.services import record_event
from openanpr.complaints.flow import FLOW, RECEIVE, answer_due, clocks, complaint_flow
from openanpr.complaints.models import Complaint, ComplaintStep
from openanpr.complaints.references import reference_of
from openanpr.complaints.vocabulary import About, Channel, State
from openanpr.forces.models import Force
from openanpr.postbox.content import CheckedFile
from openanpr.postbox.files import keep

PUBLIC: Final = "public"
"""Stands where the person id of a step would: the complainant, whom the system does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the complainant says. ``said_vrm`` is kept as it was said and never looked for."""

    about: About
    text: str
    name: str
    contact: str
    happened: str = ""
    said_vrm: str = ""
    wanted: str = ""


@transaction.atomic
def receive_complaint(
    *,
    complaint_id: uuid.UUID,
    force: Force,
    channel: Channel,
    said: Said,
    files: Sequence[CheckedFile],
    received_at: datetime,
    at: datetime,
    by: User | None = None,
    acting: AuditActor | None = None,
) -> Complaint:
    """Take a complaint in; the same ``complaint_id`` a second time gives the first one unchanged.

    ``by`` is ``None`` for what came through the public pages. The clocks run from ``received_at``.
    """
    found = Complaint.objects.filter(id=complaint_id).first()
    if found is not None:
        return found
    times = clocks()
    state = complaint_flow(times).state(State.RECEIVED.value)
    due_at = received_at + (state.due or times.acknowledge)
    complaint = Complaint.objects.create(
        id=complaint_id,
        reference=reference_of(complaint_id),
        force=force,
        channel=channel.value,
        about=said.about.value,
        text=said.text,
        happened=said.happened,
        said_vrm=said.said_vrm,
        wanted=said.wanted,
        name=said.name,
        contact=said.contact,
        received_at=received_at,
        state=state.name,
        due_at=due_at,
        answer_by=answer_due(received_at, times),
    )
    ComplaintStep.objects.create(
        complaint=complaint,
        sequence=1,
        move=RECEIVE,
        source="",
        target=state.name,
        person_id=by.person_id if by else PUBLIC,
        user=by,
        at=at,
        due_at=due_at,
    )
    for file in files:
        keep(file, about=f"{FLOW}:{complaint.id}", at=at)
    record_event(
        verb="complaint.receive",
        actor=acting or AuditActor.unknown(),
        at=at,
        subject=f"{FLOW}:{complaint.id}",
        payload={
            "reference": complaint.reference,
            "about": complaint.about,
            "channel": complaint.channel,
            "files": len(files),
        },
    )
    return complaint
