"""Taking a request in: by the public form, or at the desk for what came another way."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from openanpr.audit.actors import AuditActor
from openanpr.audit.services import record_event
from openanpr.investigations.services.author import Author
from openanpr.policy.queries import profile_in_force
from openanpr.rights.flow import FLOW, StepFacts
from openanpr.rights.models import InformationRequest, RequestStep
from openanpr.rights.vocabulary import HANDLING, Channel, Kind, RequestState
from openanpr.wire.ids import uuid7
from openanpr.workflow import Refused, move

_SYMBOLS: Final = "23456789BCDFGHJKLMNPQRSTVWXZ"
"""What a reference is made of: nothing that is mistaken for another, and no words."""
_LENGTH: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asked for, in their own words. ``vrm`` is normalised, or empty."""

    kind: Kind
    full_name: str
    contact: str
    words: str
    vrm: str = ""
    period_from: date | None = None
    period_to: date | None = None


@transaction.atomic
def receive(
    *,
    asked: Asked,
    channel: Channel,
    received_on: date,
    author: Author | None,
    at: datetime,
    form_id: uuid.UUID | None = None,
) -> InformationRequest | Refused:
    """Note a new request and give it a reference. ``author`` is ``None`` for the public form.

    A form that was sent already (``form_id``) makes no other one.
    """
    already = InformationRequest.objects.filter(id=form_id).first() if form_id else None
    if already is not None:
        return already
    facts = StepFacts(
        actor=author.actor if author else None,
        officer_person_ids=frozenset(),
        profile=profile_in_force(at=at) if author else None,
    )
    step = move(
        flow=FLOW,
        history=(),
        name="receive",
        subject="new",
        person_id=author.actor.person_id if author else "",
        user_id=author.actor.user_id if author else "",
        facts=facts,
        at=at,
    )
    if isinstance(step, Refused):
        return step
    made = InformationRequest.objects.create(
        id=form_id or uuid7(),
        reference=new_reference(),
        kind=asked.kind.value,
        channel=channel.value,
        state=RequestState.RECEIVED.value,
        full_name=asked.full_name,
        contact=asked.contact,
        words=asked.words,
        vrm=asked.vrm,
        period_from=asked.period_from,
        period_to=asked.period_to,
        received_on=received_on,
        recorded_at=at,
    )
    RequestStep.objects.create(
        request=made,
        sequence=1,
        move=step.move,
        source=None,
        target=step.target,
        by=author.user if author else None,
        at=at,
        on=received_on,
        reason="",
    )
    record_event(
        verb="request.receive",
        actor=author.acting(HANDLING) if author else AuditActor.unknown(),
        at=at,
        subject=f"request:{made.id}",
        payload={"kind": made.kind, "channel": made.channel},
        **(author.origin if author else {}),
    )
    return made


def new_reference() -> str:
    """A reference for a person to quote: ``IR-7K3F-9QX2``. It is random and tells no number."""
    text = "".join(secrets.choice(_SYMBOLS) for _ in range(_LENGTH))
    return f"IR-{text[:4]}-{text[4:]}"
