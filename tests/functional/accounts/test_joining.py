"""How people come into an installation that was founded: unit, account, link, training, role."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.accounts import client_as, make_user
from tests.factories.cameras import profile_in_force

from openanpr.access.vocabulary import Role, Training
from openanpr.accounts.models import AccountProposal, User
from openanpr.accounts.queries import actor_of, standing_of
from openanpr.audit.models import AuditEvent
from openanpr.forces.models import Unit

pytestmark = pytest.mark.usefixtures("db")

PASSWORD = "three plain words here"


@pytest.fixture
def manager() -> Client:
    profile_in_force()
    return client_as(make_user("manager", roles=(Role.SYSTEM_MANAGER,), person_id="M1"))


def moment(name: str, when: datetime) -> dict[str, str]:
    parts = {"day": when.day, "month": when.month, "year": when.year, "time": f"{when:%H:%M}"}
    numbered = {f"{name}_{number}": str(one) for number, one in enumerate(parts.values())}
    return numbered | {f"{name}_{part}": str(one) for part, one in parts.items()}


def joined(manager: Client, **fields):
    manager.post(reverse("accounts_add_unit"), {"name": "Response", "area": "North"})
    form = {
        "full_name": "Ada Newcomer",
        "person_id": "N77",
        "username": "Ada.New",
        "unit": Unit.objects.get(name="Response").pk,
        "rank": "constable",
        **fields,
    }
    return manager.post(reverse("accounts_join"), form, follow=True)


def confirmed_link() -> str:
    """What the data protection officer sees once they confirm the link of the newcomer."""
    officer = client_as(make_user("dpo", roles=(Role.DATA_PROTECTION_OFFICER,)))
    waiting = AccountProposal.objects.get(act="link")
    form = {"reason": "Seen in person", "answer": "confirm"}
    return officer.post(reverse("accounts_proposal", args=[waiting.pk]), form).text


def test_somebody_joins_takes_the_account_over_and_is_trained(manager):
    assert "Another person must confirm it" in joined(manager).text
    code = re.search(r"enrol/\?code=([\w-]+)", confirmed_link()).group(1)
    user = User.objects.get(username="ada.new")
    assert standing_of(user, at=datetime.now(UTC)).roles == frozenset()
    form = {"code": code, "password": PASSWORD, "again": PASSWORD}
    assert Client().post(reverse("accounts_enrol"), form).url == reverse("account_login")
    now = datetime.now(UTC)
    course = {"certificate": "C-9", **moment("passed_at", now - timedelta(days=2))}
    course |= moment("expires_at", now + timedelta(days=300))
    address = reverse("accounts_train", args=[user.pk])
    assert manager.post(address, course).status_code == 302
    late = course | moment("passed_at", now + timedelta(days=2))
    assert manager.post(address, late).status_code == 422
    manager.post(reverse("accounts_give_role", args=[user.pk]), {"role": "alert-user"})
    standing = standing_of(user, at=datetime.now(UTC))
    assert (standing.roles, standing.training) == ({Role.ALERT_USER}, Training.VALID)
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"unit.create", "account.create", "enrolment.issue", "enrolment.use"} <= verbs
    assert code not in str(list(AuditEvent.objects.values_list("payload", "reason", "subject")))


def test_roles_and_vetting_end_with_their_dates(manager):
    ends = datetime.now(UTC) + timedelta(days=10)
    joined(manager, **moment("posting_ends_at", ends), **moment("vetting_expires_at", ends))
    user = User.objects.get(username="ada.new")
    manager.post(reverse("accounts_give_role", args=[user.pk]), {"role": "alert-user"})
    before, after = ends - timedelta(days=1), ends + timedelta(days=1)
    assert actor_of(user, at=before).roles == {Role.ALERT_USER}
    assert actor_of(user, at=before).vetted
    assert actor_of(user, at=after).roles == frozenset()
    assert not actor_of(user, at=after).vetted


@pytest.mark.security
def test_nobody_makes_or_opens_an_account_for_themselves(manager):
    answer = joined(manager, person_id="M1")
    assert answer.status_code == 422
    assert "another person" in answer.text
    own = User.objects.get(username="manager")
    manager.post(reverse("accounts_link", args=[own.pk]), {"reason": "I lost it"})
    manager.post(
        reverse("accounts_train", args=[own.pk]),
        {
            "certificate": "C-1",
            **moment("passed_at", datetime.now(UTC) - timedelta(days=1)),
            **moment("expires_at", datetime.now(UTC) + timedelta(days=1)),
        },
    )
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs == {"profile.install", "unit.create", "account.propose"}
    assert not AccountProposal.objects.exists()


def test_a_taken_name_is_told(manager):
    assert joined(manager).status_code == 200
    assert "is taken" in joined(manager, person_id="N78").text
    assert User.objects.filter(username="ada.new").count() == 1
