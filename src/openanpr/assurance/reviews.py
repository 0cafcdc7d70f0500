"""What is reviewed, how often, by whom, and the system's own figures about it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from openanpr.access.facts import Actor
from openanpr.access.vocabulary import Role
from openanpr.accounts.models import RoleHeld
from openanpr.assurance.figures import Figure, agreement_figures, camera_figures, role_figures
from openanpr.assurance.models import ReviewDone, SharingAgreement
from openanpr.cameras.models import Camera, CameraAuthority
from openanpr.cameras.queries import covert_cameras
from openanpr.cameras.vocabulary import CameraState
from openanpr.forces.models import Force
from openanpr.policy.models import ProfileVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One thing to review. ``since``: from when its first review is counted.

    ``due_at``: the date where something else keeps it, as a camera's authority does.
    """

    kind: str
    reference: str
    title: str
    since: datetime
    due_at: datetime | None = None
    force: str = ""
    covert: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of thing to review, how often at least, and the roles that do."""

    name: str
    title: str
    every: timedelta
    roles: frozenset[Role]
    subjects: Callable[[datetime], Iterable[Subject]]
    figures: Callable[[str, datetime], list[Figure]]
    otherwise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A subject with the date by which it is reviewed, and the last review, if there was one."""

    subject: Subject
    kind: Kind
    due_at: datetime
    last: ReviewDone | None


def _cameras(_: datetime) -> Iterator[Subject]:
    live = (CameraState.LIVE.value, CameraState.SUSPENDED.value)
    newest = CameraAuthority.objects.order_by("camera_id", "-sequence").distinct("camera_id")
    due = dict(newest.values_list("camera_id", "review_due_at"))
    covert = frozenset(covert_cameras().values_list("id", flat=True))
    # Numbers and areas alone: the jobs remind of reviews and know no place.
    cameras = Camera.objects.filter(state__in=live).order_by("id")
    for camera in cameras.only(
        "id", "feed_id", "source_id", "camera_number", "area_name", "state_changed_at"
    ):
        yield Subject(
            kind="camera",
            reference=f"camera:{camera.id}",
            title=f"Camera {camera.key}, {camera.area_name}",
            since=camera.state_changed_at,
            due_at=due.get(camera.id),
            covert=camera.id in covert,
        )


def _profile(at: datetime) -> Iterator[Subject]:
    newest = (
        ProfileVersion.objects.filter(takes_effect_at__lte=at).order_by("-takes_effect_at").first()
    )
    if newest is not None:
        yield Subject(
            kind="profile",
            reference=f"profile:{newest.name}",
            title=f"The rules {newest}",
            since=newest.takes_effect_at,
        )


def _roles(_: datetime) -> Iterator[Subject]:
    for force in Force.objects.all():
        first = RoleHeld.objects.filter(user__force=force).order_by("valid_from").first()
        if first is not None:
            yield Subject(
                kind="roles",
                reference=f"roles:{force.code}",
                title=f"Who holds which role in {force.name}",
                since=first.valid_from,
                force=force.code,
            )


def _agreements(_: datetime) -> Iterator[Subject]:
    for one in SharingAgreement.objects.filter(ended_at=None):
        yield Subject(
            kind="agreement",
            reference=f"agreement:{one.id}",
            title=f"The agreement with {one.partner}",
            since=one.entered_at,
            force=one.force,
        )


_YEAR: Final = timedelta(days=365)
KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind(
            name="camera",
            title="Cameras",
            every=_YEAR,
            roles=frozenset({Role.CAMERA_MANAGER, Role.AUTHORISER}),
            subjects=_cameras,
            figures=camera_figures,
            otherwise="It stops collecting that minute.",
        ),
        Kind(
            name="profile",
            title="Rules",
            every=_YEAR,
            roles=frozenset({Role.DATA_PROTECTION_OFFICER}),
            subjects=_profile,
            figures=lambda *_: [],
            otherwise="Rules that nobody looks at grow old.",
        ),
        Kind(
            name="roles",
            title="Roles",
            every=timedelta(days=182),
            roles=frozenset({Role.DATA_PROTECTION_OFFICER}),
            subjects=_roles,
            figures=role_figures,
            otherwise="People keep roles that they need no more.",
        ),
        Kind(
            name="agreement",
            title="Sharing agreements",
            every=_YEAR,
            roles=frozenset({Role.DATA_PROTECTION_OFFICER}),
            subjects=_agreements,
            figures=agreement_figures,
            otherwise="Data goes on being shared without anybody having asked whether it should.",
        ),
    )
}


def reviews(*, at: datetime, force: str = "", covert: bool = True) -> list[Review]:
    """Everything that is reviewed, soonest first; of one force where it is given."""
    found = []
    for kind in KINDS.values():
        last: dict[str, ReviewDone] = {}
        for done in ReviewDone.objects.filter(kind=kind.name).order_by("at", "id"):
            last[done.subject] = done
        for subject in kind.subjects(at):
            if (force and subject.force not in {"", force}) or (subject.covert and not covert):
                continue
            before = last.get(subject.reference)
            due_at = subject.due_at or (before.next_due_at if before else None)
            found.append(
                Review(
                    subject=subject,
                    kind=kind,
                    due_at=due_at or subject.since + kind.every,
                    last=before,
                )
            )
    return sorted(found, key=lambda one: (one.due_at, one.subject.reference))


def review_for(actor: Actor, reference: str, *, at: datetime) -> Review | None:
    """One of them, where this person may know of it."""
    known = reviews(at=at, force=actor.force, covert=actor.covert_right)
    return next((one for one in known if one.subject.reference == reference), None)
