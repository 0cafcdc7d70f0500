"""The first act of an installation: its force, its profile and its first two people."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from openanpr.access.vocabulary import Rank, Role
from openanpr.accounts.models import User
from openanpr.accounts.services.enrolment import issue_enrolment
from openanpr.accounts.services.people import create_account
from openanpr.accounts.services.rights import give_role
from openanpr.audit.services import AuditActor, record_event
from openanpr.forces.models import Force
from openanpr.forces.services import create_force, create_unit
from openanpr.policy.models import ProfileVersion
from openanpr.policy.services import install_profile

FOUNDER = AuditActor.system("found")
_LOCK = 4702111234474983746


class AlreadyFoundedError(Exception):
    """There is a force here; the next ones are added by its people."""


class OnePersonTwiceError(ValueError):
    """The first two people must be two persons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPerson:
    """One of the two people with whom an installation begins."""

    username: str
    person_id: str
    full_name: str
    role: Role
    rank: Rank = Rank.CONSTABLE


@dataclass(frozen=True, slots=True)
class Founded:
    """What came of it: the label of the profile, and each person's one-time code."""

    profile: str
    codes: dict[str, str]


def is_founded() -> bool:
    """Whether this installation has a force."""
    return Force.objects.exists()


@transaction.atomic
def found(
    *,
    code: str,
    name: str,
    unit: str,
    people: tuple[FirstPerson, FirstPerson],
    profile_toml: str,
    profile_source: str,
    at: datetime,
) -> Founded:
    """Found the installation, whole or not at all. The profile is in force from ``at``.

    The first of ``people`` proposes the profile, the second confirms it. Raises
    ``AlreadyFoundedError``, ``OnePersonTwiceError``, ``ValidationError`` (a malformed or taken
    name) and ``access.profiles.ProfileError``.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
    if is_founded() or ProfileVersion.objects.exists():
        raise AlreadyFoundedError
    first, second = people
    if first.person_id == second.person_id or first.username == second.username:
        raise OnePersonTwiceError
    force = create_force(code=code, name=name, by=FOUNDER, at=at)
    posted = create_unit(force=force, name=unit, by=FOUNDER, at=at)
    version = install_profile(
        toml=profile_toml,
        source=profile_source,
        actor=FOUNDER,
        proposed_by=first.person_id,
        approved_by=second.person_id,
        takes_effect_at=at,
        at=at,
        reason="First profile of this installation",
    )
    codes = {}
    for person in people:
        account = create_account(
            username=person.username,
            password=None,
            person_id=person.person_id,
            full_name=person.full_name,
            force=force,
            unit=posted,
            rank=person.rank,
            by=FOUNDER,
            at=at,
        )
        codes[person.username] = _enrol(account, person.role, at=at)
    record_event(
        verb="installation.found",
        actor=FOUNDER,
        at=at,
        subject=f"force:{code}",
        profile_version=str(version),
        payload={"profile": str(version), "people": [one.person_id for one in people]},
    )
    return Founded(profile=str(version), codes=codes)


def _enrol(account: User, role: Role, *, at: datetime) -> str:
    give_role(user=account, role=role, by=FOUNDER, at=at)
    return issue_enrolment(user=account, by=FOUNDER, at=at, reason="first sign-in")
