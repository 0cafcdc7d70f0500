"""Giving, renewing and withdrawing a camera's authority; noting in the audit that one lapsed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q

from openanpr.access.decide import decide_camera_stop
from openanpr.access.explain import explain
from openanpr.access.facts import Actor
from openanpr.audit.services import AuditActor, record_event
from openanpr.cameras.authority import ENDING_WORDS, Kind, Standing
from openanpr.cameras.models import Camera, CameraAuthority
from openanpr.cameras.queries import standing_of
from openanpr.cameras.services.steps import CameraRefusedError, take_step
from openanpr.cameras.vocabulary import CameraState
from openanpr.policy.queries import profile_in_force

CLOCK: Final = AuditActor.system("cameras")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an authority gives: from the moment that it is given, to its review or its end."""

    kind: Kind
    review_due_at: datetime | None = None
    ends_at: datetime | None = None
    case_reference: str = ""
    conditions: str = ""
    valid_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuthorityRefused:
    """An authority that was not changed, and why, in sentences for the screen."""

    reasons: tuple[str, ...]


@transaction.atomic
def give_authority(
    *, camera_id: int, terms: Terms, by: AuditActor, reason: str, at: datetime
) -> Camera:
    """Put an authority in force that was decided elsewhere (a case, a review).

    A proposed camera is approved by it; another goes on, or goes on again, in its state. Raises
    ``Camera.DoesNotExist``, and ``CameraRefusedError`` for one that is retired.
    """
    camera = Camera.objects.select_for_update().get(id=camera_id)
    if camera.state == CameraState.RETIRED:
        raise CameraRefusedError("A retired camera does not come back. Enter it anew.")
    _note_lapse(camera, at=at)
    append_authority(camera, terms, by=by, reason=reason, at=at)
    if camera.state == CameraState.PROPOSED:
        take_step(camera, "approve", actor=by, reason=reason, at=at)
    record_event(
        verb="camera.authorise",
        actor=by,
        at=at,
        subject=f"camera:{camera.id}",
        reason=reason,
        payload={
            "camera": camera.key,
            "kind": terms.kind.value,
            "case": terms.case_reference,
            "review": _day(terms.review_due_at),
            "end": _day(terms.ends_at),
        },
    )
    return camera


@transaction.atomic
def withdraw_authority(
    *, camera_id: int, by: AuditActor, person: Actor, reason: str, at: datetime
) -> Camera | AuthorityRefused:
    """Take a camera's authority away: from now on nothing that it sends is stored.

    Raises ``Camera.DoesNotExist``.
    """
    profile = profile_in_force(at=at)
    decision = decide_camera_stop(actor=person, reason=reason, profile=profile)
    camera = Camera.objects.select_for_update().get(id=camera_id)
    if not decision.allowed:
        return AuthorityRefused(explain(decision, profile=profile))
    if not standing_of(camera.id, at=at).collects:
        return AuthorityRefused(("It has no authority in force that could be withdrawn.",))
    append_authority(camera, Terms(kind=Kind.WITHDRAWN), by=by, reason=reason, at=at)
    record_event(
        verb="camera.withdraw",
        actor=by,
        at=at,
        subject=f"camera:{camera.id}",
        reason=reason,
        decision="allow",
        profile_version=decision.profile,
        payload={"camera": camera.key},
    )
    return camera


def note_lapses(*, at: datetime) -> int:
    """Write down each authority that has ended by itself since the last look; how many.

    The end does not wait for it: ingest compares with the clock at every batch.
    """
    newest = CameraAuthority.objects.order_by("camera_id", "-sequence").distinct("camera_id")
    ended = Q(review_due_at__lte=at) | Q(ends_at__lte=at)
    last = CameraAuthority.objects.filter(id__in=newest.values("id"))
    over = last.filter(ended).exclude(kind__in=[Kind.WITHDRAWN, Kind.LAPSED])
    noted = 0
    for row in over.select_related("camera").order_by("camera_id"):
        try:
            with transaction.atomic():
                noted += _note_lapse(row.camera, at=at)
        except IntegrityError:  # somebody has just renewed it, and noted the lapse with that
            continue
    return noted


def append_authority(
    camera: Camera, terms: Terms, *, by: AuditActor, reason: str, at: datetime
) -> None:
    """Add the row that follows the camera's last one, in the transaction under way."""
    last = camera.authorities.order_by("-sequence").first()
    CameraAuthority.objects.create(
        camera=camera,
        sequence=1 if last is None else last.sequence + 1,
        kind=terms.kind.value,
        valid_from=terms.valid_from or at,
        review_due_at=terms.review_due_at,
        ends_at=terms.ends_at,
        case_reference=terms.case_reference,
        conditions=terms.conditions,
        person_id=by.person_id or by.account,
        account=by.account,
        name=by.name or by.account,
        at=at,
        reason=reason.strip(),
    )


def _note_lapse(camera: Camera, *, at: datetime) -> bool:
    """Whether the camera's last authority had ended by itself, and that is written down now."""
    last = camera.authorities.order_by("-sequence").first()
    if last is None or last.kind in {Kind.WITHDRAWN, Kind.LAPSED}:
        return False
    standing = standing_of(camera.id, at=at)
    if standing.collects or standing.end is None or standing.ending is None:
        return False
    why = ENDING_WORDS[standing.ending]
    terms = Terms(kind=Kind.LAPSED, valid_from=standing.end, case_reference=last.case_reference)
    append_authority(camera, terms, by=CLOCK, reason=f"It ended by itself: {why}", at=at)
    _record_lapse(camera, standing, why, at)
    return True


def _record_lapse(camera: Camera, standing: Standing, why: str, at: datetime) -> None:
    record_event(
        verb="camera.lapse",
        actor=CLOCK,
        at=at,
        subject=f"camera:{camera.id}",
        payload={
            "camera": camera.key,
            "why": why,
            "since": standing.end.isoformat() if standing.end else "",
        },
    )


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else "none"
