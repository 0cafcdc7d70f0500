"""Accuracy checks: a plate drawn by chance, shown without place, time or mark, read by a person.

Nobody chooses what is checked, and the checker is not told what the reader made of it.
"""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction

from openanpr.access.decide import Decision, decide_check
from openanpr.access.explain import explain
from openanpr.access.facts import Actor, CheckFacts
from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from openanpr.accounts.queries import actor_of
from openanpr.audit.origin import Origin
from openanpr.audit.services import AuditActor, record_event
from openanpr.policy.queries import profile_in_force
from openanpr.reads.corrections import Finding, ReadKey, Source, correct_read, verdict_on
from openanpr.reads.links import ImageLink
from openanpr.reads.models import AccuracyCheck
from openanpr.wire.ids import uuid7

PURPOSE: Final = "check"
DRAWN_FROM: Final = timedelta(days=28)
"""Plates of the last four weeks are checked."""
OPEN_FOR: Final = timedelta(minutes=30)
"""A plate that nobody answered in that time is not shown again."""
_PATCH_ALONE: Final = CheckFacts(
    shows_place=False, shows_time=False, shows_overview=False, allows_look_up=False
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """The person who checks, as they stand, and where the request came from."""

    user: User
    actor: Actor
    origin: Origin = field(default_factory=Origin)

    @property
    def acting(self) -> AuditActor:
        """As the audit names them."""
        held = Role.ACCURACY_CHECKER in self.actor.roles
        return AuditActor.person(self.user, Role.ACCURACY_CHECKER.value if held else "")


@dataclass(frozen=True, slots=True)
class CheckRefused:
    """No plate is shown; ``sentences`` say why."""

    sentences: tuple[str, ...]


def open_check(checker: Checker, *, at: datetime) -> AccuracyCheck | None:
    """The plate that this account was shown last and has not answered."""
    return (
        AccuracyCheck.objects.filter(
            account=checker.user.pk, answered_at=None, drawn_at__gt=at - OPEN_FOR
        )
        .order_by("-drawn_at")
        .first()
    )


@transaction.atomic
def draw(checker: Checker, *, at: datetime) -> AccuracyCheck | CheckRefused | None:
    """Draw a plate by chance; None where there is none with a picture."""
    profile = profile_in_force(at=at)
    before = _decided(checker.actor, at, at=at)
    if not before.allowed:
        _record_refusal(checker, before, at)
        return CheckRefused(explain(before, profile=profile))
    check_id = uuid7()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select captured_at from draw_check(%s, %s, %s, %s)",
            [check_id, checker.user.pk, at - DRAWN_FROM, at],
        )
        drawn = cursor.fetchone()
    record_event(
        verb="check.draw",
        actor=checker.acting,
        at=at,
        subject=f"check:{check_id}",
        decision="allow",
        reasons=list(before.reasons),
        profile_version=before.profile,
        payload={"drawn": drawn is not None},
        **checker.origin,
    )
    return None if drawn is None else AccuracyCheck.objects.get(id=check_id)


@transaction.atomic
def answer(checker: Checker, check: AccuracyCheck, *, says: str, at: datetime) -> None:
    """Keep what the checker reads on the plate (normalised; empty: it cannot be read).

    Raises ``ReadGoneError`` where the read has left the store.
    """
    key = ReadKey(
        id=check.read_id,
        vrm=check.vrm,
        captured_at=check.captured_at,
        camera_id=check.camera_id,
    )
    correct_read(
        read=key,
        finding=Finding(
            verdict=verdict_on(check.vrm, says),
            says=says,
            source=Source.CHECK,
            reference=f"check:{check.id}",
            reason="Accuracy check",
        ),
        actor=checker.acting,
        at=at,
        origin=checker.origin,
    )
    _close(checker, check, at, "")


@transaction.atomic
def pass_over(checker: Checker, check: AccuracyCheck, *, at: datetime) -> None:
    """Say nothing of the plate: the picture did not show, or the checker knows the vehicle."""
    record_event(
        verb="check.pass",
        actor=checker.acting,
        at=at,
        subject=f"check:{check.id}",
        **checker.origin,
    )
    _close(checker, check, at, "passed over")


def may_see(link: ImageLink, user: User, at: datetime) -> bool:
    """Whether this account may still see the patch: its own open check, decided as it stands."""
    check = AccuracyCheck.objects.filter(
        id=uuid.UUID(link.purpose.partition(":")[2]), account=user.pk, answered_at=None
    ).first()
    if check is None or bytes(check.patch_hash).hex() != link.sha256:
        return False
    return _decided(actor_of(user, at=at), check.captured_at, at=at).allowed


def _decided(actor: Actor, captured_at: datetime, *, at: datetime) -> Decision:
    return decide_check(
        actor=actor,
        check=_PATCH_ALONE,
        captured_at=captured_at,
        profile=profile_in_force(at=at),
        at=at,
    )


def _close(checker: Checker, check: AccuracyCheck, at: datetime, passed_over: str) -> None:
    AccuracyCheck.objects.filter(id=check.id, account=checker.user.pk, answered_at=None).update(
        answered_at=at, passed_over=passed_over
    )


def _record_refusal(checker: Checker, decision: Decision, at: datetime) -> None:
    record_event(
        verb="check.refuse",
        actor=checker.acting,
        at=at,
        decision="deny",
        reasons=list(decision.reasons),
        profile_version=decision.profile,
        **checker.origin,
    )
