"""What of the reads found is given: shown, held back on a ground, pictures looked at."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from openanpr.access.decide import decide_rights
from openanpr.audit.services import JSON, record_event
from openanpr.cameras.queries import covert_among
from openanpr.investigations.services.author import Author
from openanpr.policy.queries import profile_in_force
from openanpr.rights.models import FoundRead, InformationRequest
from openanpr.rights.queries import facts_of, found_of, vehicles_of
from openanpr.rights.services.steps import locked, may_change
from openanpr.rights.vocabulary import HANDLING, Ground, RequestState

GIVEN, WITHHELD, UNCHECKED = "given", "withheld", "unchecked"


def concerned(*, author: Author, request: InformationRequest, at: datetime) -> list[FoundRead]:
    """The reads found that the author may see now, oldest first: decided read by read.

    A vehicle that was taken off, a read past retention or a covert camera leaves nothing.
    """
    profile = profile_in_force(at=at)
    found = list(found_of(request))
    facts = [one for _, one in facts_of(request, vehicles_of(request))]
    covert = (
        frozenset()
        if author.actor.covert_right
        else covert_among({read.camera_id for read in found})
    )
    return [
        read
        for read in found
        if read.camera_id not in covert
        and any(
            decide_rights(
                actor=author.actor,
                request=one,
                vrm=read.vrm,
                captured_at=read.captured_at,
                profile=profile,
                at=at,
            )
            for one in facts
        )
    ]


@transaction.atomic
def show_again(*, author: Author, request: InformationRequest, at: datetime) -> list[FoundRead]:
    """The reads for the officer's page; that they were shown stands in the audit first."""
    reads = concerned(author=author, request=request, at=at)
    record_event(
        verb="request.shown",
        actor=author.acting(HANDLING),
        at=at,
        subject=f"request:{request.id}",
        payload={"rows": len(reads), "read_ids": [str(read.read_id) for read in reads]},
        **author.origin,
    )
    return reads


@transaction.atomic
def hold_back(
    *,
    author: Author,
    request_id: uuid.UUID,
    found_ids: Sequence[uuid.UUID],
    ground: Ground | None,
    reason: str,
    at: datetime,
) -> int | None:
    """Hold these reads back on a ground, or give them (``None``); how many, or None: refused."""
    request = locked(request_id)
    if request.state != RequestState.OPEN or not may_change(author, request, at).allowed:
        return None
    reads = list(request.found.filter(id__in=list(found_ids)))
    ids: list[JSON] = [str(read.read_id) for read in reads]
    request.found.filter(id__in=[read.id for read in reads]).update(
        withheld=ground.value if ground else "", withheld_reason=reason
    )
    record_event(
        verb="request.hold-back",
        actor=author.acting(HANDLING),
        at=at,
        subject=f"request:{request.id}",
        reason=reason,
        payload={
            "answer": ground.value if ground else GIVEN,
            "reads": len(reads),
            "held_ids": ids,
        },
        **author.origin,
    )
    return len(reads)


@transaction.atomic
def check_picture(
    *, author: Author, request_id: uuid.UUID, found_id: uuid.UUID, give: bool, at: datetime
) -> bool:
    """Note that a person looked at a blacked-out picture, and whether it may leave."""
    request = locked(request_id)
    read = request.found.filter(id=found_id).first()
    if (
        read is None
        or request.state != RequestState.OPEN
        or not may_change(author, request, at).allowed
    ):
        return False
    read.picture = GIVEN if give else WITHHELD
    read.picture_by = author.user
    read.save(update_fields=["picture", "picture_by"])
    record_event(
        verb="request.check-picture",
        actor=author.acting(HANDLING),
        at=at,
        subject=f"request:{request.id}",
        payload={"answer": read.picture, "read": str(read.read_id)},
        **author.origin,
    )
    return True
