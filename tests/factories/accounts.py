"""People of an invented force, and a client that is signed in with both factors."""

from datetime import UTC, datetime, timedelta
from itertools import count

from django.test import Client

from openanpr.access.vocabulary import Rank, Role
from openanpr.accounts import session
from openanpr.accounts.models import RoleHeld, TrainingRecord, User
from openanpr.accounts.queries import ANPR_COURSE
from openanpr.forces.models import Force, Unit

PASSWORD = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_numbers = count(1)


def make_force(code: str = "FX", name: str = "Fictional Constabulary") -> Force:
    """The force with this code; made at the first call."""
    return Force.objects.using("owner").get_or_create(code=code, defaults={"name": name})[0]


def make_unit(
    name: str = "Roads Policing", *, force: Force | None = None, area: str = "North"
) -> Unit:
    """A unit of the force; made at the first call."""
    force = force or make_force()
    found, _ = Unit.objects.using("owner").get_or_create(
        force=force, name=name, defaults={"area": area}
    )
    return found


def make_user(
    username: str = "",
    *,
    roles: tuple[Role, ...] = (),
    trained: bool = True,
    training_expires_at: datetime | None = None,
    mfa: bool = True,
    rank: Rank = Rank.CONSTABLE,
    unit: Unit | None = None,
    person_id: str = "",
    **fields: object,
) -> User:
    """An account with roles held since yesterday, training for a year, and a set-up second factor.

    Written as the owner, unaudited: what a test is about goes through the services.
    """
    number = next(_numbers)
    username = username or f"user{number}"
    unit = unit or make_unit()
    yesterday = datetime.now(UTC) - timedelta(days=1)
    user = User(
        username=username,
        person_id=person_id or f"P{number:05d}",
        full_name=str(fields.pop("full_name", f"Person {number}")),
        force=unit.force,
        unit=unit,
        rank=rank.value,
        **fields,
    )
    user.set_password(PASSWORD)
    user.save(using="owner")
    for role in roles:
        RoleHeld.objects.using("owner").create(user=user, role=role.value, valid_from=yesterday)
    if trained:
        TrainingRecord.objects.using("owner").create(
            user=user,
            course=ANPR_COURSE,
            passed_at=yesterday,
            expires_at=training_expires_at or yesterday + timedelta(days=365),
        )
    if mfa:
        _give_authenticator(user)
    return User.objects.get(pk=user.pk)


def _give_authenticator(user: User) -> None:
    from allauth.mfa.adapter import get_adapter
    from allauth.mfa.models import Authenticator

    Authenticator.objects.using("owner").create(
        user_id=user.pk,
        type=Authenticator.Type.TOTP,
        data={"secret": get_adapter().encrypt(SECRET)},
    )


def sign_in(client: Client, user: User, *, second_factor: bool = True) -> Client:
    """Sign ``user`` in without the pages, with both factors unless told otherwise."""
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    stored = client.session
    stored[session.STARTED] = stored[session.SEEN] = datetime.now(UTC).timestamp()
    if second_factor:
        stored[session.SECOND_FACTOR] = str(user.pk)
    stored.save()
    return client


def client_as(user: User) -> Client:
    """A fresh client that is signed in as ``user``."""
    return sign_in(Client(), user)
