"""Forces, officers, lists, entries and hits for tests, written as the owner of the tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connections

from openanpr.access.vocabulary import Rank, Role
from openanpr.accounts.models import RoleHeld, TrainingRecord, User
from openanpr.accounts.queries import ANPR_COURSE
from openanpr.alerts.models import Hit, Outbox
from openanpr.audit.services import AuditActor
from openanpr.config.database import DatabaseRole, connection_parts
from openanpr.forces.models import Force, Unit
from openanpr.hotlists.copies import copy_of
from openanpr.hotlists.models import Hotlist, HotlistEntry
from openanpr.policy.services import install_shipped_profile
from openanpr.vrm import canonical
from openanpr.wire.ids import uuid7

OWNER = "owner"
MARK = "OA30AAA"


@dataclass(frozen=True, slots=True)
class World:
    """A force with two areas, a profile in force, and the moment at which the test happens."""

    at: datetime
    force: Force
    north: Unit
    south: Unit

    def officer(
        self,
        username: str,
        *,
        unit: Unit | None = None,
        role: Role = Role.ALERT_USER,
        training_ends: datetime | None = None,
        **fields: Any,
    ) -> User:
        """An account with one role and training to ``training_ends`` (default: for a year)."""
        user = User(
            username=username,
            person_id=f"person-{username}",
            full_name=f"Officer {username.title()}",
            force=self.force,
            unit=unit or self.north,
            rank=Rank.CONSTABLE.value,
            **fields,
        )
        user.set_password("correct horse battery staple")
        user.save(using=OWNER)
        since = self.at - timedelta(days=30)
        RoleHeld.objects.using(OWNER).create(user=user, role=role.value, valid_from=since)
        TrainingRecord.objects.using(OWNER).create(
            user=user,
            course=ANPR_COURSE,
            passed_at=since,
            expires_at=training_ends or self.at + timedelta(days=365),
        )
        return user

    def hotlist(self, name: str = "Stolen vehicles", **fields: Any) -> Hotlist:
        """An active response list of the force."""
        values: dict[str, Any] = {
            "name": name,
            "kind": "response",
            "owner_force": self.force,
            "owner": "Inspector Example",
            "purpose": "Recovery of stolen vehicles",
            "source": "Crime desk",
            "priority": 2,
            "review_at": self.at + timedelta(days=28),
            "weed_at": self.at + timedelta(days=300),
            "refreshed_at": self.at - timedelta(hours=3),
        }
        return Hotlist.objects.using(OWNER).create(**(values | fields))

    def entry(self, hotlist: Hotlist, vrm: str = MARK, **fields: Any) -> HotlistEntry:
        """A live entry made two days ago."""
        values: dict[str, Any] = {
            "hotlist": hotlist,
            "vrm": vrm,
            "canonical": canonical(vrm),
            "make": "Ford",
            "model": "Focus",
            "colour": "Blue",
            "action": "stop",
            "warning_markers": ["VI"],
            "reason": "Stolen in a burglary",
            "information": "Two men inside",
            "owner": "PC Example",
            "valid_from": self.at - timedelta(days=2),
            "weed_at": self.at + timedelta(days=30),
            "created_at": self.at - timedelta(days=2),
        }
        return HotlistEntry.objects.using(OWNER).create(**(values | fields))

    def hit(self, entry: HotlistEntry, *, waiting: bool = True, **fields: Any) -> Hit:
        """A hit on ``entry`` as ingest writes it, with its outbox row."""
        values: dict[str, Any] = {
            "id": uuid7(),
            "read_id": uuid7(),
            "read_vrm": entry.vrm,
            "captured_at": self.at,
            "camera_id": 7,
            "camera_name": "Mill Road bridge",
            "camera_area": self.north.area,
            "direction": "northbound",
            "latitude": 51.5,
            "longitude": 0.25,
            "entry_id": entry.id,
            "hotlist_id": entry.hotlist_id,
            "snapshot_version": 1,
            "entry_copy": copy_of(entry).to_json(),
            "how": "exact",
            "confidence": 0.97,
            "alternatives": [{"vrm": "OA30AAB", "confidence": 0.02}],
        }
        hit = Hit.objects.using(OWNER).create(**(values | fields))
        if waiting:
            Outbox.objects.using(OWNER).create(hit=hit)
        return hit


def make_world(at: datetime) -> World:
    """A force ``FX`` with a unit North and a unit South, and the profile essex-2y."""
    install_shipped_profile(
        name="essex-2y",
        actor=AuditActor.system("test"),
        proposed_by="person-one",
        approved_by="person-two",
        takes_effect_at=at - timedelta(days=400),
        at=at - timedelta(days=400),
        reason="test",
        using=OWNER,
    )
    return force_with_units(at)


def force_with_units(at: datetime) -> World:
    """The same where a profile is in force already."""
    force = Force.objects.using(OWNER).create(code="FX", name="Fictional Police")
    north = Unit.objects.using(OWNER).create(force=force, name="North response", area="Northgate")
    south = Unit.objects.using(OWNER).create(force=force, name="South response", area="Southgate")
    return World(at=at, force=force, north=north, south=south)


def outbox_row(hit_id: UUID) -> Outbox:
    """The outbox row of a hit."""
    return Outbox.objects.using(OWNER).get(hit_id=hit_id)


@contextmanager
def acting_as(role: DatabaseRole) -> Iterator[None]:
    """What runs inside meets the rights of ``role``, as it does in that role's own process."""
    before = connections["default"]
    acting = before.copy()
    parts = connection_parts(role)
    acting.settings_dict |= {"USER": parts["user"], "PASSWORD": parts["password"]}
    connections["default"] = acting
    try:
        yield
    finally:
        acting.close()
        connections["default"] = before
