"""Seeding of the force, its units, its people and the access profile."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from openanpr.accounts.models import User
from openanpr.accounts.queries import ANPR_COURSE, user_by_name
from openanpr.accounts.services import create_account, give_role, record_training
from openanpr.accounts.services.totp import create_totp, secret_of
from openanpr.audit.services import AuditActor, record_event
from openanpr.demo.logins import Login
from openanpr.demo.people import FORCE_CODE, FORCE_NAME, PEOPLE, UNITS, DemoPerson, person_called
from openanpr.forces.models import Force, Unit
from openanpr.forces.services import create_force, create_unit
from openanpr.policy.models import ProfileVersion
from openanpr.policy.services import install_shipped_profile

SEEDER: Final = AuditActor.system("demo-seed")
_TRAINED: Final = timedelta(days=120)
_TRAINING_LASTS: Final = timedelta(days=730)
_LAPSED: Final = timedelta(days=20)


def ensure_force(*, at: datetime) -> Force:
    """Return the force with all its units, made where they are missing."""
    force = Force.objects.filter(code=FORCE_CODE).first()
    if force is None:
        force = create_force(code=FORCE_CODE, name=FORCE_NAME, by=SEEDER, at=at)
    known = set(Unit.objects.filter(force=force).values_list("name", flat=True))
    for name, area in UNITS.items():
        if name not in known:
            create_unit(force=force, name=name, area=area, by=SEEDER, at=at)
    return force


def ensure_profile(name: str, *, at: datetime) -> None:
    """Put the shipped profile in force where none is yet."""
    if ProfileVersion.objects.exists():
        return
    install_shipped_profile(
        name=name,
        actor=SEEDER,
        proposed_by=person_called("system").person_id,
        approved_by=person_called("dpo").person_id,
        takes_effect_at=at,
        at=at,
        reason="First profile of the demonstration",
    )


def ensure_people(force: Force, logins: Mapping[str, Login], *, at: datetime) -> dict[str, User]:
    """Return the accounts by user name, each with its roles, training and log-in."""
    units = {unit.name: unit for unit in Unit.objects.filter(force=force)}
    accounts: dict[str, User] = {}
    for person in PEOPLE:
        login = logins[person.username]
        account = user_by_name(person.username)
        if account is None:
            account = _new_account(person, login, force, units[person.unit], at=at)
        else:
            _same_login(account, login, at=at)
        accounts[person.username] = account
    return accounts


def _new_account(
    person: DemoPerson, login: Login, force: Force, unit: Unit, *, at: datetime
) -> User:
    account = create_account(
        username=person.username,
        password=login.password,
        person_id=person.person_id,
        full_name=person.full_name,
        force=force,
        unit=unit,
        rank=person.rank,
        by=SEEDER,
        at=at,
        location_right=person.location_right,
        covert_right=person.covert_right,
    )
    create_totp(user=account, by=SEEDER, at=at, secret=login.totp_secret)
    for role in person.roles:
        give_role(user=account, role=role, by=SEEDER, at=at)
    if person.training != "none":
        passed = at - _TRAINED
        lapsed = person.training == "lapsed"
        record_training(
            user=account,
            course=ANPR_COURSE,
            passed_at=passed,
            expires_at=at - _LAPSED if lapsed else passed + _TRAINING_LASTS,
            certificate=f"{person.person_id}-ANPR",
            by=SEEDER,
            at=at,
        )
    return account


def _same_login(account: User, login: Login, *, at: datetime) -> None:
    """The log-ins that are shown must work, also where their file was lost and made anew."""
    if secret_of(account) == login.totp_secret and account.check_password(login.password):
        return
    account.set_password(login.password)
    account.save(update_fields=["password"])
    record_event(verb="password.change", actor=SEEDER, at=at, subject=f"account:{account.username}")
    create_totp(user=account, by=SEEDER, at=at, secret=login.totp_secret)
