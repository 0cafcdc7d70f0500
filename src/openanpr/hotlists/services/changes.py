"""What every change of a list goes through: the person, the decision, the audit, the revision."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import F

from openanpr.access.changes import decide_list_change
from openanpr.access.decisions import Decision
from openanpr.access.facts import ListChangeFacts
from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from openanpr.accounts.queries import actor_of
from openanpr.audit.services import JSON, AuditActor, record_event
from openanpr.hotlists.models import Hotlist, HotlistEntry
from openanpr.policy.queries import profile_in_force

COVERT_RIGHT: Final = "Only somebody with the right to covert entries may make this covert."


class UnableToChangeList(ValueError):
    """The change is incomplete or contradicts the list; the message is for the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChange:
    """What became of a change: the decision, and what was made if it allowed."""

    decision: Decision
    hotlist: Hotlist | None = None
    entry: HotlistEntry | None = None

    def __bool__(self) -> bool:
        return self.decision.allowed


def decide(*, by: User, change: ListChangeFacts, at: datetime) -> Decision:
    """The policy's answer to this change by this person now."""
    return decide_list_change(
        actor=actor_of(by, at=at), change=change, profile=profile_in_force(at=at), at=at
    )


def record(
    *,
    verb: str,
    by: User,
    at: datetime,
    subject: str,
    reason: str,
    decision: Decision,
    payload: dict[str, JSON],
) -> None:
    """Write the change, allowed or refused, to the audit."""
    record_event(
        verb=verb,
        actor=AuditActor.person(by, Role.LIST_MANAGER),
        at=at,
        subject=subject,
        reason=reason,
        decision="allow" if decision.allowed else "deny",
        reasons=[str(one) for one in decision.reasons],
        profile_version=decision.profile,
        payload=payload,
    )


def bump_revision(hotlist: Hotlist, *, at: datetime) -> None:
    """Count one change, so that a new snapshot becomes due, and note that the list is current."""
    Hotlist.objects.filter(pk=hotlist.pk).update(revision=F("revision") + 1, refreshed_at=at)


def require(**texts: str) -> None:
    """Raise ``UnableToChangeList`` for the first of ``texts`` that says nothing."""
    for name, text in texts.items():
        if not text.strip():
            raise UnableToChangeList(f"There is no {name.replace('_', ' ')}. It must be stated.")
