"""Opening and closing an investigation, and its team."""

from datetime import datetime

from django.db import transaction

from openanpr.access.vocabulary import Category
from openanpr.accounts.models import User
from openanpr.audit.services import record_event
from openanpr.investigations.models import Investigation, InvestigationMember
from openanpr.investigations.services.author import Author
from openanpr.investigations.vocabulary import INVESTIGATING, InvestigationState


@transaction.atomic
def open_investigation(
    *,
    author: Author,
    reference: str,
    category: Category,
    title: str,
    justification: str,
    officer_in_charge: User,
    at: datetime,
) -> Investigation:
    """Open an investigation of the author's force; author and officer in charge are its team.

    Raises ``IntegrityError`` for a reference that is taken.
    """
    investigation = Investigation.objects.create(
        reference=reference,
        category=category.value,
        title=title,
        justification=justification,
        force_id=author.actor.force,
        officer_in_charge=officer_in_charge,
        opened_by=author.user,
        opened_at=at,
    )
    for user in {author.user, officer_in_charge}:
        InvestigationMember.objects.create(
            investigation=investigation, user=user, added_by=author.user, added_at=at
        )
    record_event(
        verb="investigation.open",
        actor=author.acting(INVESTIGATING),
        at=at,
        subject=f"investigation:{investigation.id}",
        investigation=reference,
        reason=justification,
        payload={
            "category": category.value,
            "officer_in_charge": officer_in_charge.person_id,
        },
        **author.origin,
    )
    return investigation


@transaction.atomic
def close_investigation(
    *, author: Author, investigation: Investigation, reason: str, at: datetime
) -> bool:
    """Close it: nothing more is searched for it. ``False`` where it was closed already."""
    closed = Investigation.objects.filter(
        id=investigation.id, state=InvestigationState.OPEN.value
    ).update(state=InvestigationState.CLOSED.value, closed_by=author.user, closed_at=at)
    if not closed:
        return False
    record_event(
        verb="investigation.close",
        actor=author.acting(INVESTIGATING),
        at=at,
        subject=f"investigation:{investigation.id}",
        investigation=investigation.reference,
        reason=reason,
        **author.origin,
    )
    return True


@transaction.atomic
def add_member(*, author: Author, investigation: Investigation, user: User, at: datetime) -> bool:
    """Take an account into the team. ``False`` where it is there already."""
    _, added = InvestigationMember.objects.get_or_create(
        investigation=investigation,
        user=user,
        removed_at=None,
        defaults={"added_by": author.user, "added_at": at},
    )
    if added:
        _record_membership("investigation.add-member", author, investigation, user, at)
    return added


@transaction.atomic
def remove_member(
    *, author: Author, investigation: Investigation, user: User, at: datetime
) -> bool:
    """Take an account out of the team. ``False`` where it was not there."""
    removed = InvestigationMember.objects.filter(
        investigation=investigation, user=user, removed_at=None
    ).update(removed_at=at)
    if removed:
        _record_membership("investigation.remove-member", author, investigation, user, at)
    return bool(removed)


def _record_membership(
    verb: str, author: Author, investigation: Investigation, user: User, at: datetime
) -> None:
    record_event(
        verb=verb,
        actor=author.acting(INVESTIGATING),
        at=at,
        subject=f"person:{user.person_id}",
        investigation=investigation.reference,
        **author.origin,
    )
