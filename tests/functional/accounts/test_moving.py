"""People who move, and what everybody sees of their own record."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.accounts import client_as, make_force, make_unit, make_user
from tests.factories.cameras import profile_in_force

from openanpr.access.vocabulary import Rank, Role
from openanpr.accounts.models import RoleHeld, User
from openanpr.accounts.queries import standing_of
from openanpr.audit.models import AuditEvent

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def manager() -> Client:
    profile_in_force()
    return client_as(make_user("manager", roles=(Role.SYSTEM_MANAGER,), person_id="M1"))


def move(manager: Client, user: User, **fields: object):
    form = {"unit": make_unit("Crime").pk, "rank": user.rank, "reason": "Posted there", **fields}
    return manager.post(reverse("accounts_move", args=[user.pk]), form, follow=True)


def roles_now(user: User) -> set[Role]:
    return set(standing_of(User.objects.get(pk=user.pk), at=datetime.now(UTC)).roles)


def test_roles_go_along_or_end_and_the_move_is_audited(manager):
    user = make_user(roles=(Role.SEARCHER, Role.ALERT_USER, Role.AUTHORISER))
    page = manager.get(reverse("accounts_move", args=[user.pk]))
    assert page.text.count("checked") == 3
    said = move(manager, user, keep=["searcher", "authoriser"])
    assert "Ended with the move: Alert user" in said.text
    assert roles_now(user) == {Role.SEARCHER, Role.AUTHORISER}
    event = AuditEvent.objects.get(verb="account.move")
    assert (event.payload["unit"], event.payload["roles_ended"]) == ("Crime", ["alert-user"])
    assert User.objects.get(pk=user.pk).unit.name == "Crime"


@pytest.mark.security
def test_a_new_rank_or_a_posting_that_was_over_brings_no_power_back_by_one_person(manager):
    promoted = make_user(roles=(Role.AUTHORISER, Role.ALERT_USER), rank=Rank.INSPECTOR)
    move(manager, promoted, rank="superintendent", keep=["authoriser", "alert-user"])
    assert roles_now(promoted) == {Role.ALERT_USER}
    over = make_user(
        roles=(Role.AUDITOR, Role.ALERT_USER),
        posting_ends_at=datetime.now(UTC) - timedelta(days=1),
    )
    assert roles_now(over) == set()
    move(manager, over, keep=["auditor", "alert-user"])
    assert roles_now(over) == {Role.ALERT_USER}


@pytest.mark.security
def test_nobody_moves_themselves_or_anybody_of_another_force(manager):
    own = User.objects.get(username="manager")
    assert "Another person must do this" in move(manager, own, keep=["system-manager"]).text
    elsewhere = make_unit("Elsewhere", force=make_force("ZZ", "Another Force"))
    stranger = make_user("stranger", unit=elsewhere)
    assert move(manager, stranger).status_code == 404
    user = make_user("somebody")
    assert "Select a valid choice" in move(manager, user, unit=elsewhere.pk).text
    assert not AuditEvent.objects.filter(verb="account.move").exists()


def test_a_role_that_was_not_held_is_not_kept(manager):
    user = make_user(roles=(Role.SEARCHER,))
    move(manager, user, keep=["searcher", "auditor"])
    assert not RoleHeld.objects.filter(user=user, role="auditor").exists()


def test_everybody_sees_their_own_record_and_nobody_elses(manager):
    move(manager, make_user("somebody"))
    page = manager.get(reverse("own_record"))
    assert "Posted there" in page.text
    other = client_as(make_user("other", vetted=False))
    own = other.get(reverse("own_record")).text
    assert "Posted there" not in own
    assert "Nothing is recorded of you" in own
    assert AuditEvent.objects.filter(verb="record.view").count() == 2


def test_a_second_account_of_the_person_shows_the_same_record(manager):
    move(manager, make_user("somebody"))
    second = client_as(make_user("second", person_id="M1"))
    assert "Posted there" in second.get(reverse("own_record")).text
    assert second.get(reverse("own_record"), {"before": "x" * 30}).status_code == 200
