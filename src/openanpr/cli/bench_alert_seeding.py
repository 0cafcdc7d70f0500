"""What the measurement of alerts needs: a force, officers who are signed in, readers, lists."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Sum

from openanpr.access.vocabulary import Rank, Role
from openanpr.accounts import session as own_session
from openanpr.accounts.models import DeviceCredential, RoleHeld, TrainingRecord, User
from openanpr.accounts.queries import ANPR_COURSE
from openanpr.audit.services import AuditActor
from openanpr.cameras.authority import Kind
from openanpr.cameras.gaps import ALWAYS
from openanpr.cameras.models import Camera, CameraAuthority, Site
from openanpr.config.values import get_settings
from openanpr.forces.models import Force, Unit
from openanpr.hotlists.copies import copy_of
from openanpr.hotlists.models import Hotlist, HotlistEntry, HotlistSnapshot
from openanpr.matching import SnapshotEntry, write_snapshot
from openanpr.policy.services import install_shipped_profile
from openanpr.vrm import canonical
from openanpr.vrm.fictional import marks
from openanpr.wire import uuid7

AREA = "Bench"
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_PASSING_MARKS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """An account with alerts' role and training, signed in with both factors."""

    user_id: int
    session_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchReader:
    """One reader, its credential and its camera."""

    id: uuid.UUID
    key: Ed25519PrivateKey
    camera: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeded:
    """What traffic and screens are made from. No listed mark is among those that pass."""

    officers: Sequence[Officer]
    readers: Sequence[BenchReader]
    listed: Sequence[str]
    passing: Sequence[str]


def seed(*, entries: int, alerts: int, screens: int, readers: int) -> Seeded:
    """Fill an empty installation, as the owner of its tables.

    The marks that will hit are entries of a real list; the others stand in the published file
    alone, which is all that matching ever sees of them.
    """
    now = datetime.now(UTC)
    install_shipped_profile(
        name=get_settings().profile,
        actor=AuditActor.system("bench"),
        proposed_by="bench-1",
        approved_by="bench-2",
        takes_effect_at=now - timedelta(days=1),
        at=now,
        reason="Measurement in a scratch installation",
    )
    force = Force.objects.create(code="BX", name="Bench force")
    unit = Unit.objects.create(force=force, name="Bench response", area=AREA)
    listed = list(islice(marks(3), alerts))
    _publish(_listed_entries(force, listed, now), entries, now)
    return Seeded(
        officers=_officers(force, unit, screens, now),
        readers=[_reader(number) for number in range(1, readers + 1)],
        listed=listed,
        passing=list(islice(marks(1), _PASSING_MARKS)),
    )


def _officers(force: Force, unit: Unit, count: int, now: datetime) -> list[Officer]:
    users = User.objects.bulk_create(
        User(
            username=f"bench{number}",
            person_id=f"B{number:05d}",
            full_name=f"Bench officer {number}",
            force=force,
            unit=unit,
            rank=Rank.CONSTABLE.value,
            password="!",  # nobody signs in with it  # noqa: S106
        )
        for number in range(count)
    )
    since = now - timedelta(days=1)
    RoleHeld.objects.bulk_create(
        RoleHeld(user=user, role=Role.ALERT_USER.value, valid_from=since) for user in users
    )
    TrainingRecord.objects.bulk_create(
        TrainingRecord(
            user=user, course=ANPR_COURSE, passed_at=since, expires_at=now + timedelta(days=365)
        )
        for user in users
    )
    Authenticator.objects.bulk_create(
        Authenticator(
            user_id=user.pk,
            type=Authenticator.Type.TOTP,
            data={"secret": get_adapter().encrypt(generate_totp_secret())},
        )
        for user in users
    )
    return [Officer(user_id=user.pk, session_key=_signed_in(user, now)) for user in users]


def _signed_in(user: User, now: datetime) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = _BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[own_session.STARTED] = session[own_session.SEEN] = now.timestamp()
    session[own_session.SECOND_FACTOR] = str(user.pk)
    session.set_expiry(3600)
    session.create()
    return str(session.session_key)


def _reader(number: int) -> BenchReader:
    key = Ed25519PrivateKey.generate()
    credential = DeviceCredential.objects.create(
        reader_name=f"Bench {number}", public_key=key.public_key().public_bytes_raw()
    )
    site = Site.objects.create(
        code=f"B{number}", name=f"Bench {number}", area_name=AREA, latitude=0, longitude=0
    )
    camera = Camera.objects.create(
        name=f"Bench {number}/1",
        site=site,
        device_credential=credential,
        feed_id=1,
        source_id=number,
        camera_number=1,
        area_name=AREA,
        state="live",
    )
    CameraAuthority.objects.create(
        camera=camera,
        sequence=1,
        kind=Kind.OTHER_FORCE.value,
        valid_from=ALWAYS,
        person_id="bench",
        account="bench",
        name="bench",
        at=datetime.now(UTC),
        reason="Measuring",
    )
    return BenchReader(id=credential.id, key=key, camera=camera.key)


def _listed_entries(force: Force, listed: Sequence[str], now: datetime) -> list[HotlistEntry]:
    hotlist = Hotlist.objects.create(
        name="Bench list",
        kind="response",
        owner_force=force,
        owner="Bench",
        purpose="Measurement",
        source="Bench",
        priority=2,
        review_at=now + timedelta(days=28),
        weed_at=now + timedelta(days=300),
        refreshed_at=now,
    )
    return HotlistEntry.objects.bulk_create(
        HotlistEntry(
            hotlist=hotlist,
            vrm=vrm,
            canonical=canonical(vrm),
            action="stop",
            reason="Measurement",
            owner="Bench",
            valid_from=now - timedelta(days=1),
            weed_at=now + timedelta(days=1),
            created_at=now,
        )
        for vrm in listed
    )


def _publish(listed: Sequence[HotlistEntry], entries: int, now: datetime) -> None:
    path = get_settings().data_dir / "snapshots" / "bench.snapshot"
    digest = write_snapshot(path, 1, _snapshot_entries(listed, entries, now))
    HotlistSnapshot.objects.create(
        version=1,
        made_at=now,
        digest=digest,
        path=str(path),
        entry_count=max(entries, len(listed)),
        # As the worker counts it, so that it leaves this file in force.
        revision_sum=Hotlist.objects.aggregate(total=Sum("revision"))["total"] or 0,
    )


def _snapshot_entries(
    listed: Sequence[HotlistEntry], entries: int, now: datetime
) -> Iterator[SnapshotEntry]:
    for entry in listed:
        yield SnapshotEntry(
            entry_id=entry.id,
            hotlist_id=entry.hotlist_id,
            canonical=entry.canonical,
            vrm=entry.vrm,
            valid_from=entry.valid_from,
            weed_at=entry.weed_at,
            copy=copy_of(entry).to_json(),
        )
    hotlist, until = uuid7(), now + timedelta(days=1)
    for vrm in islice(marks(2), max(0, entries - len(listed))):
        yield SnapshotEntry(
            entry_id=uuid7(),
            hotlist_id=hotlist,
            canonical=canonical(vrm),
            vrm=vrm,
            valid_from=now,
            weed_at=until,
            copy={"vrm": vrm, "reason": "Measurement"},
        )
