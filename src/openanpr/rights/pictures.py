"""Whether the pictures of a request's reads may still be seen by its officer."""

import uuid
from datetime import datetime
from typing import Final

from openanpr.access.decide import decide_rights
from openanpr.accounts.models import User
from openanpr.accounts.queries import actor_of
from openanpr.policy.queries import profile_in_force
from openanpr.reads.links import ImageLink
from openanpr.rights.models import FoundRead, InformationRequest
from openanpr.rights.queries import facts_of, request_of, vehicles_of

PURPOSE: Final = "request"
"""A link's purpose is ``request:<id of the request>``, so that the audit says which."""


def may_see(link: ImageLink, user: User, at: datetime) -> bool:
    """Whether the read that the picture is of still concerns a request of this person's."""
    request = request_of(uuid.UUID(link.purpose.partition(":")[2]))
    if request is None or link.captured_at is None:
        return False
    sha256 = bytes.fromhex(link.sha256)
    found = request.found.filter(captured_at=link.captured_at)
    read = found.filter(patch_hash=sha256).first() or found.filter(overview_hash=sha256).first()
    return read is not None and may_open(request, read, user=user, at=at)


def may_open(request: InformationRequest, read: FoundRead, *, user: User, at: datetime) -> bool:
    """Whether the read lies within what is checked for an open request of this person's."""
    profile, actor = profile_in_force(at=at), actor_of(user, at=at)
    return any(
        decide_rights(
            actor=actor,
            request=facts,
            vrm=read.vrm,
            captured_at=read.captured_at,
            profile=profile,
            at=at,
        )
        for _, facts in facts_of(request, vehicles_of(request))
    )
