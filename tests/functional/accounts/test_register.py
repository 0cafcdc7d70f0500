"""The system manager's register of accounts, and the services under it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from psycopg.errors import InsufficientPrivilege
from tests.factories.accounts import client_as, make_force, make_unit, make_user
from tests.factories.cameras import profile_in_force

from openanpr.access.vocabulary import Rank, Role, Training
from openanpr.accounts import services
from openanpr.accounts.models import DeviceCredential, RoleHeld, User
from openanpr.accounts.queries import (
    ANPR_COURSE,
    actor_of,
    holders_of,
    standing_of,
    user_with_posting,
)
from openanpr.accounts.services import totp
from openanpr.audit.models import AuditEvent
from openanpr.audit.services import AuditActor

pytestmark = pytest.mark.usefixtures("db")

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
BY = AuditActor.system("test")


@pytest.fixture
def manager() -> User:
    return make_user("manager", roles=(Role.SYSTEM_MANAGER,), person_id="M1")


@pytest.fixture
def client(manager: User) -> Client:
    profile_in_force()
    return client_as(manager)


def new_account(**fields):
    given = {
        "username": "New.Person",
        "password": "three random words here",
        "person_id": "P9",
        "full_name": "New Person",
        "force": make_force(),
        "unit": make_unit(),
        "rank": Rank.SERGEANT,
        "by": BY,
        "at": AT,
    }
    return services.create_account(**(given | fields))


def last_event() -> AuditEvent:
    return AuditEvent.objects.order_by("-sequence")[0]


def test_a_new_account_holds_nothing_and_is_audited():
    user = new_account()
    assert user.username == "new.person"
    standing = standing_of(user, at=AT)
    assert (standing.roles, standing.training) == (frozenset(), Training.NONE)
    assert (last_event().verb, last_event().subject) == ("account.create", "account:new.person")


@pytest.mark.parametrize("password", ["short", "password1234", "New Person", "123456789012"])
def test_a_weak_password_is_refused(password):
    with pytest.raises(ValidationError):
        new_account(password=password)
    assert not User.objects.exists()


def test_a_user_name_is_taken_once_whatever_its_case():
    new_account()
    with pytest.raises(ValidationError):
        new_account(username="NEW.PERSON", person_id="P10")


def test_a_role_is_held_from_its_start_to_just_before_its_end():
    user = new_account()
    held = services.give_role(user=user, role=Role.SEARCHER, by=BY, at=AT)
    services.end_role(held=held, by=BY, at=AT + timedelta(hours=1), reason="moved")
    for minutes, expected in [
        (-1, set()),
        (0, {Role.SEARCHER}),
        (59, {Role.SEARCHER}),
        (60, set()),
    ]:
        at = AT + timedelta(minutes=minutes)
        assert standing_of(user, at=at).roles == expected, minutes
    assert standing_of(user, at=AT + timedelta(hours=2)).ended_roles == {Role.SEARCHER}
    assert (last_event().verb, last_event().reason) == ("role.end", "moved")


def test_giving_a_role_twice_gives_it_once():
    user = new_account()
    services.give_role(user=user, role=Role.SEARCHER, by=BY, at=AT)
    services.give_role(user=user, role=Role.SEARCHER, by=BY, at=AT)
    assert RoleHeld.objects.count() == 1
    assert AuditEvent.objects.filter(verb="role.give").count() == 1


def test_training_is_valid_to_just_before_its_end():
    user = new_account()
    record = services.record_training(
        user=user,
        course=ANPR_COURSE,
        passed_at=AT,
        expires_at=AT + timedelta(days=365),
        certificate="C-1",
        by=BY,
        at=AT,
    )
    assert standing_of(user, at=AT - timedelta(seconds=1)).training is Training.NONE
    assert standing_of(user, at=AT).training is Training.VALID
    services.lapse_training(record=record, by=BY, at=AT + timedelta(days=1), reason="failed check")
    assert standing_of(user, at=AT + timedelta(days=1)).training is Training.LAPSED
    assert last_event().verb == "training.lapse"


def test_another_course_opens_nothing():
    user = new_account()
    services.record_training(
        user=user,
        course="first-aid",
        passed_at=AT,
        expires_at=AT + timedelta(days=365),
        by=BY,
        at=AT,
    )
    assert standing_of(user, at=AT).training is Training.NONE


def test_the_actor_says_what_the_policy_asks():
    user = new_account(location_right=True)
    services.give_role(user=user, role=Role.ANALYST, by=BY, at=AT)
    actor = actor_of(user, at=AT)
    assert (actor.person_id, actor.user_id, actor.force) == ("P9", str(user.pk), "FX")
    assert (actor.rank, actor.roles) == (Rank.SERGEANT, {Role.ANALYST})
    assert (actor.location_right, actor.covert_right, actor.areas) == (True, False, {"North"})
    assert list(holders_of(Role.ANALYST, at=AT)) == [user]


def test_a_closed_account_holds_nothing():
    user = new_account()
    services.give_role(user=user, role=Role.ANALYST, by=BY, at=AT)
    services.deactivate_account(user=user, by=BY, at=AT + timedelta(hours=1), reason="left")
    assert actor_of(user, at=AT + timedelta(hours=1)).roles == frozenset()
    assert user_with_posting(user.pk) is None
    assert list(holders_of(Role.ANALYST, at=AT + timedelta(hours=1))) == []


@pytest.mark.security
def test_nobody_changes_what_they_hold_themselves_not_even_through_a_second_account():
    user = new_account()
    other_account_of_same_person = AuditActor.person(make_user("second", person_id="P9"))
    held = services.give_role(user=user, role=Role.ANALYST, by=BY, at=AT)
    by = other_account_of_same_person
    for attempt in (
        lambda: services.give_role(user=user, role=Role.AUDITOR, by=by, at=AT),
        lambda: services.end_role(held=held, by=by, at=AT, reason="x"),
        lambda: services.deactivate_account(user=user, by=by, at=AT, reason="x"),
        lambda: totp.reset_second_factor(user=user, by=by, at=AT, reason="x"),
        lambda: services.record_training(
            user=user, course=ANPR_COURSE, passed_at=AT, expires_at=AT, by=by, at=AT
        ),
    ):
        with pytest.raises(services.OwnAccountError):
            attempt()


def test_an_issued_authenticator_shows_the_codes_that_sign_in():
    user = new_account()
    secret = totp.create_totp(user=user, by=BY, at=AT)
    assert totp.secret_of(user) == secret
    assert totp.code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", at=datetime.fromtimestamp(59, UTC)) == (
        "287082"
    ), "RFC 6238, appendix B, last six digits"


def test_devices_are_registered_once_and_revoked():
    credential = services.register_device(reader_name="North 1", public_key=bytes(32), by=BY, at=AT)
    with pytest.raises(ValidationError):
        services.register_device(reader_name="North 2", public_key=b"short", by=BY, at=AT)
    services.revoke_device(credential=credential, by=BY, at=AT, reason="stolen")
    services.revoke_device(credential=credential, by=BY, at=AT, reason="stolen")
    assert DeviceCredential.objects.get().state == "revoked"
    assert AuditEvent.objects.filter(verb="device.revoke").count() == 1


def test_the_register_shows_roles_and_training(client):
    other = make_user(roles=(Role.SEARCHER,), trained=False)
    html = client.get(reverse("accounts_list")).text
    assert other.full_name in html
    assert "Searcher" in html
    assert "No training" in html


def test_a_role_is_given_and_ended_with_a_reason(client):
    other = make_user(roles=(Role.SEARCHER,))
    page = reverse("accounts_detail", kwargs={"user_id": other.pk})
    given = client.post(
        reverse("accounts_give_role", kwargs={"user_id": other.pk}), {"role": "analyst"}
    )
    assert given.url == page
    assert "now holds the role Analyst" in client.get(page).text
    held = RoleHeld.objects.get(user=other, role="searcher")
    end = reverse("accounts_end_role", kwargs={"held_id": held.pk})
    refused = client.post(end, {"reason": ""})
    assert "Give the reason" in refused.text
    assert RoleHeld.objects.get(pk=held.pk).valid_to is None
    assert client.post(end, {"reason": "moved to another unit"}).url == page
    assert RoleHeld.objects.get(pk=held.pk).valid_to is not None
    event = last_event()
    assert (event.verb, event.acting_role, event.reason) == (
        "role.end",
        "system-manager",
        "moved to another unit",
    )


def test_training_ends_before_its_time(client):
    other = make_user()
    record = other.training_records.get()
    client.post(
        reverse("accounts_lapse_training", kwargs={"record_id": record.pk}), {"reason": "refused"}
    )
    assert standing_of(other, at=datetime.now(UTC)).training is Training.LAPSED


def test_an_account_is_closed(client):
    other = make_user()
    address = reverse("accounts_close", kwargs={"user_id": other.pk})
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "left the force"}).status_code == 302
    assert not User.objects.get(pk=other.pk).is_active


@pytest.mark.security
def test_a_manager_cannot_give_themselves_a_role(client, manager):
    client.post(reverse("accounts_give_role", kwargs={"user_id": manager.pk}), {"role": "analyst"})
    assert RoleHeld.objects.filter(user=manager).count() == 1
    page = client.get(reverse("accounts_detail", kwargs={"user_id": manager.pk})).text
    assert "it concerns your own account" in page


def test_who_does_not_exist_is_not_found(client):
    assert client.get(reverse("accounts_detail", kwargs={"user_id": 999})).status_code == 404


@pytest.mark.security
@pytest.mark.parametrize("role", ["openanpr_live", "openanpr_worker"])
def test_processes_without_sign_in_read_no_password(connect_as, role):
    connection = connect_as(role)
    connection.execute("select id, username, is_active from account")
    for query in (
        "select password from account",
        "select email from account",
        "select data from mfa_authenticator",
    ):
        with pytest.raises(InsufficientPrivilege):
            connection.execute(query)


@pytest.mark.security
@pytest.mark.parametrize("role", ["openanpr_ingest", "openanpr_search"])
def test_processes_of_reads_know_no_people(connect_as, role):
    with pytest.raises(InsufficientPrivilege):
        connect_as(role).execute("select id from account")
