"""Tokens: made after a fresh proof, shown once, kept as a hash."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from openanpr.accounts.queries import actor_of, user_with_posting
from openanpr.api.models import ApiToken
from openanpr.audit.origin import Origin
from openanpr.audit.services import AuditActor, record_event
from openanpr.investigations.services.author import Author
from openanpr.investigations.vocabulary import INVESTIGATING

LONGEST: Final = timedelta(days=90)
PROOF_COUNTS: Final = timedelta(hours=12)
"""So long the proof given when a token was made counts for taking results out by it."""
NOTED_EVERY: Final = timedelta(minutes=1)
_PREFIX: Final = "oanpr_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller(Author):
    """The author of a call: a person, by a program. ``stepped_up``: results may leave now."""

    token_id: UUID
    program: str
    stepped_up: bool

    def acting(self, roles: Iterable[Role]) -> AuditActor:
        """As the audit names them: the person, and by which program."""
        held = Author(user=self.user, actor=self.actor).acting(roles)
        return AuditActor(
            kind=held.kind,
            person_id=held.person_id,
            account=held.account,
            name=f"{held.name} (by {self.program})",
            role=held.role,
        )


@transaction.atomic
def make_token(
    *,
    author: Author,
    name: str,
    purpose: str,
    takes_out: bool,
    lasts: timedelta,
    at: datetime,
) -> tuple[ApiToken, str]:
    """A token of one's own account, and its text, which is shown once and kept nowhere.

    The caller has made sure that the person has just proven who they are. ``lasts`` is cut at
    ``LONGEST``.
    """
    text = _PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=author.user,
        name=name,
        purpose=purpose,
        digest=_digest(text),
        takes_out=takes_out,
        made_at=at,
        expires_at=at + min(lasts, LONGEST),
    )
    record_event(
        verb="token.make",
        actor=author.acting(INVESTIGATING),
        at=at,
        subject=f"token:{token.id}",
        reason=purpose,
        payload={
            "name": name,
            "expires_at": token.expires_at.isoformat(),
            "takes_out": takes_out,
        },
        **author.origin,
    )
    return token, text


@transaction.atomic
def revoke_token(*, author: Author, token_id: UUID, at: datetime) -> bool:
    """End one of one's own tokens. ``False`` where there is none, or it had ended."""
    token = ApiToken.objects.filter(id=token_id, user=author.user, revoked_at=None).first()
    if token is None:
        return False
    ApiToken.objects.filter(id=token.id).update(revoked_at=at)
    record_event(
        verb="token.revoke",
        actor=author.acting(INVESTIGATING),
        at=at,
        subject=f"token:{token.id}",
        payload={"name": token.name},
        **author.origin,
    )
    return True


@transaction.atomic
def revoke_all(*, user: User, reason: str, at: datetime) -> None:
    """End every token of an account whose password or second factor was replaced."""
    for token in ApiToken.objects.filter(user=user, revoked_at=None, expires_at__gt=at):
        ApiToken.objects.filter(id=token.id).update(revoked_at=at)
        record_event(
            verb="token.revoke",
            actor=AuditActor.system("web"),
            at=at,
            subject=f"token:{token.id}",
            reason=reason,
            payload={"name": token.name},
        )


def caller_of(text: str, *, origin: Origin, at: datetime) -> Caller | None:
    """Whom a call with this token acts for, as they stand now; None for one that opens nothing.

    A token that is known and refused is in the audit.
    """
    token = ApiToken.objects.filter(digest=_digest(text)).first()
    if token is None:
        return None
    user = user_with_posting(token.user_id)
    why = _why_not(token, user, at)
    if why or user is None:
        _refused(token, why, origin, at)
        return None
    actor = actor_of(user, at=at)
    if not actor.roles & INVESTIGATING:
        _refused(token, "the account holds no role that searches", origin, at)
        return None
    if token.last_used_at is None or at - token.last_used_at >= NOTED_EVERY:
        ApiToken.objects.filter(id=token.id).update(last_used_at=at)
    return Caller(
        user=user,
        actor=actor,
        origin=origin,
        token_id=token.id,
        program=token.name,
        stepped_up=token.takes_out and at - token.made_at < PROOF_COUNTS,
    )


def _why_not(token: ApiToken, user: User | None, at: datetime) -> str:
    if token.revoked_at is not None:
        return "it was revoked"
    if at >= token.expires_at:
        return "it is over"
    return "" if user is not None else "its account is closed"


@transaction.atomic
def _refused(token: ApiToken, why: str, origin: Origin, at: datetime) -> None:
    record_event(
        verb="token.refuse",
        actor=AuditActor.unknown(),
        at=at,
        subject=f"token:{token.id}",
        decision="deny",
        payload={"why": why},
        **origin,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
