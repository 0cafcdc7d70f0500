"""People, investigations, cameras and stored reads for tests of searching and of the audit."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from openanpr.access.vocabulary import Category, Role
from openanpr.accounts.models import User
from openanpr.accounts.queries import actor_of
from openanpr.audit.services import AuditActor
from openanpr.cameras.models import Camera
from openanpr.forces.models import Force, Unit
from openanpr.investigations.models import Investigation, InvestigationMember
from openanpr.investigations.services.author import Author
from openanpr.policy.services import install_shipped_profile
from openanpr.wire.ids import uuid7
from tests.factories.accounts import make_force, make_unit, make_user
from tests.factories.cameras import make_camera, make_site

OWNER = "owner"
MARK = "OA30AAA"
OTHER_MARK = "OA31AAB"
REASON = "Seen near the burglary in Mill Lane on Tuesday night"


@dataclass(frozen=True, slots=True)
class Casework:
    """A force with a profile in force, at the moment at which the test happens."""

    at: datetime
    force: Force
    unit: Unit
    other_unit: Unit

    def person(
        self, username: str, *, roles: tuple[Role, ...] = (Role.ANALYST,), **fields: Any
    ) -> User:
        """An account of the crime desk; ``person_id`` is ``person-<username>`` unless given."""
        values = {"person_id": f"person-{username}", "unit": self.unit, "mfa": False, **fields}
        return make_user(username, roles=roles, full_name=f"{username.title()} Example", **values)

    def author(self, user: User) -> Author:
        """The person as a service is told of them."""
        return Author(user=user, actor=actor_of(user, at=self.at))

    def investigation(
        self,
        *members: User,
        reference: str = "FX/2026/001",
        category: Category = Category.SERIOUS,
        **fields: Any,
    ) -> Investigation:
        """An open investigation with these members; the first opened it."""
        made = Investigation.objects.using(OWNER).create(
            reference=reference,
            category=category.value,
            title="Burglaries in Mill Lane",
            justification="A series of burglaries with one vehicle",
            force=self.force,
            officer_in_charge=members[0],
            opened_by=members[0],
            opened_at=self.at - timedelta(days=2),
            **fields,
        )
        for user in members:
            InvestigationMember.objects.using(OWNER).create(
                investigation=made, user=user, added_by=members[0], added_at=self.at
            )
        return Investigation.objects.get(id=made.id)

    def camera(
        self, number: int = 1, *, area: str = "Northgate", sensitive: bool = False
    ) -> Camera:
        """A camera at a site of its own."""
        site = make_site(
            f"S{number}", name=f"Secret Bridge {number}", area_name=area, sensitive=sensitive
        )
        return make_camera(number=number, site=site, area_name=area)


@dataclass(slots=True)
class StoredReads:
    """Puts reads into the store past every fence, as the superuser."""

    connection: psycopg.Connection[Any]
    ids: list[UUID] = field(default_factory=list)

    def add(self, vrm: str, captured_at: datetime, camera_id: int = 1, **fields: Any) -> UUID:
        """One read; its partition is made where it is missing."""
        self.connection.execute(
            "select ensure_partitions(%s, %s)", (captured_at, captured_at + timedelta(days=1))
        )
        values: dict[str, Any] = {
            "id": uuid7(),
            "vrm": vrm,
            "captured_at": captured_at,
            "received_at": captured_at,
            "reader_sequence": len(self.ids),
            "camera_id": camera_id,
            "confidence": 0.9,
            "batch_id": uuid7(),
            "late": False,
            **fields,
        }
        statement = sql.SQL("insert into reads ({}) values ({})").format(
            sql.SQL(", ").join(map(sql.Identifier, values)),
            sql.SQL(", ").join([sql.Placeholder()] * len(values)),
        )
        self.connection.execute(statement, list(values.values()))
        self.ids.append(values["id"])
        return values["id"]


def make_casework(at: datetime) -> Casework:
    """Force ``FX`` with two units, and the profile ``essex-2y`` in force for the last year."""
    install_shipped_profile(
        name="essex-2y",
        actor=AuditActor.system("test"),
        proposed_by="person-one",
        approved_by="person-two",
        takes_effect_at=at - timedelta(days=365),
        at=at,
        reason="The force's first profile",
        using=OWNER,
    )
    return Casework(
        at=at,
        force=make_force(),
        unit=make_unit("Crime desk"),
        other_unit=make_unit("Command"),
    )
