"""What ends for people: training, vetting, postings, roles that were given for a time."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from django.db.models import Max, QuerySet

from openanpr.access.appointments import APPOINTING
from openanpr.access.vocabulary import Role
from openanpr.accounts.models import AccountProposal, RoleHeld, TrainingRecord, User
from openanpr.accounts.proposals import PROPOSAL_LASTS
from openanpr.accounts.queries import ANPR_COURSE
from openanpr.web.deadlines import Asked, Deadline
from openanpr.web.person import ROLE_NAMES

_MANAGERS: Final = frozenset({Role.SYSTEM_MANAGER})


def _accounts(asked: Asked) -> QuerySet[User]:
    """Open accounts that hold a role: one's own, or all of one's force for a system manager."""
    open_roles = RoleHeld.objects.filter(valid_from__lte=asked.at).exclude(valid_to__lte=asked.at)
    found = User.objects.filter(is_active=True, id__in=open_roles.values("user_id"))
    if asked.actor is None:
        return found
    if asked.is_for(*_MANAGERS):
        return found.filter(force__code=asked.actor.force)
    return found.filter(id=int(asked.actor.user_id))


def _pair(
    *,
    key: str,
    user: tuple[int, str, str],
    what: str,
    consequence: str,
    due_at: datetime | None,
    once: bool = False,
) -> Iterator[Deadline]:
    """The same end twice: for the person, and for the system managers of the force."""
    if due_at is None:
        return
    number, name, force = user
    yield Deadline(
        key=f"{key}:own",
        sentence=f"Your {what}",
        consequence=consequence,
        due_at=due_at,
        url_name="your_account",
        accounts=frozenset({number}),
        personal=True,
        ends=once,
    )
    yield Deadline(
        key=key,
        sentence=f"{name}: {what}",
        consequence=consequence,
        due_at=due_at,
        url_name="accounts_detail",
        url_kwargs={"user_id": number},
        roles=_MANAGERS,
        force=force,
        ends=once,
    )


def training(asked: Asked) -> Iterable[Deadline]:
    """The end of the ANPR training of everybody who holds a role."""
    records = TrainingRecord.objects.filter(course=ANPR_COURSE, user__in=_accounts(asked))
    newest = records.values("user_id", "user__full_name", "user__force__code").annotate(
        ends=Max("expires_at")
    )
    for row in newest.filter(ends__lte=asked.until).order_by():
        yield from _pair(
            key=f"training:{row['user_id']}",
            user=(row["user_id"], row["user__full_name"], row["user__force__code"]),
            what="ANPR training ends",
            consequence="Without it alerts, searches and pictures stay closed.",
            due_at=row["ends"],
        )


def vetting(asked: Asked) -> Iterable[Deadline]:
    """The end of the vetting of everybody who holds a role."""
    rows = _accounts(asked).filter(vetted=True, vetting_expires_at__lte=asked.until)
    for number, name, force, ends in rows.values_list(
        "id", "full_name", "force__code", "vetting_expires_at"
    ):
        yield from _pair(
            key=f"vetting:{number}",
            user=(number, name, force),
            what="vetting ends",
            consequence="Without it alerts, searches and pictures stay closed.",
            due_at=ends,
        )


def postings(asked: Asked) -> Iterable[Deadline]:
    """Postings that end; every role ends with them."""
    rows = _accounts(asked).filter(posting_ends_at__gt=asked.at, posting_ends_at__lte=asked.until)
    for number, name, force, ends in rows.values_list(
        "id", "full_name", "force__code", "posting_ends_at"
    ):
        yield from _pair(
            key=f"posting:{number}",
            user=(number, name, force),
            what="posting ends",
            consequence="Every role of the account ends with it.",
            due_at=ends,
            once=True,
        )


def roles(asked: Asked) -> Iterable[Deadline]:
    """Roles that were given for a time."""
    held = RoleHeld.objects.filter(
        user__in=_accounts(asked), valid_to__gt=asked.at, valid_to__lte=asked.until
    )
    for row in held.values(
        "id", "role", "valid_to", "user_id", "user__full_name", "user__force__code"
    ):
        yield from _pair(
            key=f"role:{row['id']}",
            user=(row["user_id"], row["user__full_name"], row["user__force__code"]),
            what=f"role {ROLE_NAMES[Role(row['role'])].lower()} ends",
            consequence="Its pages close then.",
            due_at=row["valid_to"],
            once=True,
        )


def proposals(asked: Asked) -> Iterable[Deadline]:
    """Acts on accounts that wait for a second person."""
    if not asked.is_for(*APPOINTING):
        return
    found = AccountProposal.objects.filter(
        state="proposed", proposed_at__gt=asked.at - PROPOSAL_LASTS
    )
    for row in found.values("id", "proposed_at", "proposed_by", "user__force__code"):
        yield Deadline(
            key=f"account.answer:{row['id']}",
            sentence="A change of an account waits for a second person",
            consequence="It lapses then, and must be proposed again.",
            due_at=row["proposed_at"] + PROPOSAL_LASTS,
            url_name="accounts_proposal",
            url_kwargs={"proposal_id": row["id"]},
            roles=APPOINTING,
            force=row["user__force__code"],
            not_by=row["proposed_by"],
            ends=True,
        )


DEADLINES: Final = (training, vetting, postings, roles, proposals)
