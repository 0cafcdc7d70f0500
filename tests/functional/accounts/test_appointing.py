"""Two people for what makes somebody able to act: proposed by one, confirmed by another."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from tests.factories.accounts import client_as, make_force, make_unit, make_user
from tests.factories.cameras import profile_in_force

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import AccountProposal, Enrolment, RoleHeld, User
from openanpr.accounts.services import totp
from openanpr.audit.models import AuditEvent

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("db")]
REASON = {"reason": "Appointed by the chief constable"}


@pytest.fixture
def manager() -> Client:
    profile_in_force()
    return client_as(make_user("manager", roles=(Role.SYSTEM_MANAGER,), person_id="M1"))


@pytest.fixture
def officer() -> Client:
    """The data protection officer, who answers proposals."""
    return client_as(make_user("dpo", roles=(Role.DATA_PROTECTION_OFFICER,), person_id="D1"))


@pytest.fixture
def somebody() -> User:
    return make_user("somebody", person_id="S1", mfa=True)


def propose(manager: Client, user: User, name: str, **form: str) -> AccountProposal:
    answer = manager.post(reverse(name, args=[user.pk]), {**REASON, **form}, follow=True)
    assert "Another person must confirm it" in answer.text
    return AccountProposal.objects.get(user=user, state="proposed")


def answer(client: Client, proposal: AccountProposal, word: str = "confirm"):
    address = reverse("accounts_proposal", args=[proposal.pk])
    assert client.get(address).status_code == 200
    return client.post(address, {**REASON, "answer": word}, follow=True)


def roles_of(user: User) -> set[str]:
    return set(RoleHeld.objects.filter(user=user).values_list("role", flat=True))


def test_a_role_that_opens_much_takes_two_people(manager, officer, somebody):
    waiting = propose(manager, somebody, "accounts_give_role", role="auditor")
    assert roles_of(somebody) == set()
    assert somebody.full_name in officer.get(reverse("accounts_proposals")).text
    assert "Done for" in answer(officer, waiting).text
    assert roles_of(somebody) == {"auditor"}
    verbs = list(AuditEvent.objects.order_by("sequence").values_list("verb", flat=True))
    assert [one for one in verbs if one.startswith(("account.", "role."))] == [
        "account.propose",
        "account.confirm",
        "role.give",
    ]
    assert AuditEvent.objects.get(verb="account.confirm").payload["proposed_by"] == "M1"


def test_who_proposed_does_not_confirm_not_even_by_a_second_account(manager, somebody):
    waiting = propose(manager, somebody, "accounts_give_role", role="authoriser")
    second = client_as(make_user("second", roles=(Role.SYSTEM_MANAGER,), person_id="M1"))
    for client in (manager, second):
        refused = answer(client, waiting)
        assert refused.status_code == 403
        assert "a second person must confirm it" in refused.text
    assert roles_of(somebody) == set()
    with pytest.raises(IntegrityError):
        AccountProposal.objects.filter(pk=waiting.pk).update(state="confirmed", answered_by="M1")


def test_who_it_concerns_neither_proposes_nor_confirms(manager, officer):
    dpo = User.objects.get(username="dpo")
    waiting = propose(manager, dpo, "accounts_give_role", role="authoriser")
    assert "own account" in answer(officer, waiting).text
    own = User.objects.get(username="manager")
    manager.post(reverse("accounts_give_role", args=[own.pk]), {**REASON, "role": "auditor"})
    assert not AccountProposal.objects.filter(user=own).exists()
    assert (roles_of(dpo), roles_of(own)) == ({"data-protection-officer"}, {"system-manager"})
    with pytest.raises(IntegrityError):
        AccountProposal.objects.filter(pk=waiting.pk).update(answered_by="D1")


def test_a_lost_link_is_shown_to_who_confirms_it_and_to_nobody_else(manager, officer, somebody):
    first = propose(manager, somebody, "accounts_link")
    assert not Enrolment.objects.exists()
    page = answer(officer, first)
    assert re.search(r"enrol/\?code=([\w-]+)", page.text)
    assert Enrolment.objects.get(user=somebody).ended_at is None
    assert "code=" not in manager.get(reverse("accounts_proposal", args=[first.pk])).text


def test_a_second_factor_is_taken_away_by_two(manager, officer, somebody):
    waiting = propose(manager, somebody, "accounts_reset_factor")
    assert totp.secret_of(somebody) is not None
    answer(officer, waiting)
    assert totp.secret_of(somebody) is None


def test_a_proposal_is_refused_withdrawn_or_lapses(manager, officer, somebody):
    refused = propose(manager, somebody, "accounts_link")
    answer(officer, refused, "decline")
    withdrawn = propose(manager, somebody, "accounts_link")
    answer(manager, withdrawn, "decline")
    assert (
        "answered before"
        in officer.post(
            reverse("accounts_proposal", args=[refused.pk]),
            {**REASON, "answer": "confirm"},
            follow=True,
        ).text
    )
    states = AccountProposal.objects.order_by("proposed_at").values_list("state", flat=True)
    assert list(states) == ["refused", "withdrawn"]
    old = propose(manager, somebody, "accounts_link")
    AccountProposal.objects.using("owner").filter(pk=old.pk).update(
        proposed_at=datetime.now(UTC) - timedelta(days=8)
    )
    officer.post(
        reverse("accounts_proposal", args=[old.pk]), {**REASON, "answer": "confirm"}, follow=True
    )
    assert not Enrolment.objects.exists()
    propose(manager, somebody, "accounts_link")


def test_a_role_that_opens_little_is_given_by_one(manager, somebody):
    done = manager.post(
        reverse("accounts_give_role", args=[somebody.pk]), {"role": "alert-user"}, follow=True
    )
    assert "now holds the role" in done.text
    assert roles_of(somebody) == {"alert-user"}


def test_accounts_of_another_force_are_not_there(manager, officer):
    elsewhere = make_unit("Elsewhere", force=make_force("ZZ", "Another Force"))
    stranger = make_user("stranger", unit=elsewhere, roles=(Role.SEARCHER,))
    pages = [
        reverse(name, args=[stranger.pk])
        for name in (
            *("accounts_detail", "accounts_give_role", "accounts_reset_factor", "accounts_link"),
            *("accounts_close", "accounts_train", "accounts_move"),
        )
    ]
    pages.append(reverse("accounts_end_role", args=[stranger.roles_held.get().pk]))
    pages.append(reverse("accounts_lapse_training", args=[stranger.training_records.get().pk]))
    assert {manager.get(page).status_code for page in pages} == {404}
    assert stranger.full_name not in manager.get(reverse("accounts_list")).text
    assert not AccountProposal.objects.exists()


def test_an_old_proof_of_identity_is_not_enough(manager, officer, somebody):
    waiting = propose(manager, somebody, "accounts_link")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6)):
        for client, address in (
            (manager, reverse("accounts_join")),
            (manager, reverse("accounts_reset_factor", args=[somebody.pk])),
            (officer, reverse("accounts_proposal", args=[waiting.pk])),
        ):
            assert client.get(address).url.startswith(reverse("account_reauthenticate"))


def test_the_profile_says_how_long_a_session_may_be_idle(manager):
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16)):
        assert manager.get(reverse("home")).url.startswith(reverse("account_login"))
