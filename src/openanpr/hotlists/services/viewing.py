"""The entries of a list as a disclosure: what was shown goes to the audit, by id."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from openanpr.audit.services import AuditActor, record_event
from openanpr.hotlists.models import Hotlist


@transaction.atomic
def record_viewing(*, hotlist: Hotlist, by: User, at: datetime, entry_ids: Sequence[UUID]) -> None:
    """Record that these entries were shown."""
    record_event(
        verb="list.view",
        actor=AuditActor.person(by, Role.LIST_MANAGER),
        at=at,
        subject=f"hotlist:{hotlist.id}",
        decision="allow",
        payload={"count": len(entry_ids), "entries": [str(one) for one in entry_ids]},
    )
