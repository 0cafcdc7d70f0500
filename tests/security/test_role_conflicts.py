"""Nobody collects roles that are to watch each other, not even over two accounts."""

import pytest
from django.test import Client

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import RoleHeld
from openanpr.audit.models import AuditEvent
from tests.factories.accounts import client_as, make_user
from tests.factories.cameras import profile_in_force

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("db")]
CONFLICTS = [
    (Role.AUDITOR, Role.SEARCHER),
    (Role.SEARCHER, Role.AUDITOR),
    (Role.SYSTEM_MANAGER, Role.ANALYST),
    (Role.AUTHORISER, Role.AUDITOR),
]


@pytest.fixture
def manager() -> Client:
    profile_in_force()
    return client_as(make_user("manager", roles=(Role.SYSTEM_MANAGER,)))


def give(manager: Client, user, role: Role) -> str:
    answer = manager.post(
        f"/accounts/{user.pk}/roles/", {"role": role.value, "reason": "posted there"}, follow=True
    )
    return answer.content.decode()


@pytest.mark.parametrize(("held", "wanted"), CONFLICTS)
def test_conflicting_roles_are_refused_and_that_is_audited(manager, held, wanted):
    user = make_user("somebody", roles=(held,))
    assert "nobody may hold together" in give(manager, user, wanted)
    assert set(RoleHeld.objects.filter(user=user).values_list("role", flat=True)) == {held.value}
    (refusal,) = AuditEvent.objects.filter(verb="role.refuse")
    assert (refusal.subject, refusal.decision) == ("account:somebody", "deny")
    assert refusal.reasons == ["roles-conflict"]


def test_a_second_account_of_the_same_person_is_no_way_around(manager):
    make_user("auditing", roles=(Role.AUDITOR,), person_id="P-same")
    second = make_user("searching", person_id="P-same")
    assert "nobody may hold together" in give(manager, second, Role.SEARCHER)
    assert not RoleHeld.objects.filter(user=second).exists()


def test_a_role_that_ended_is_no_conflict(manager):
    user = make_user("somebody", roles=(Role.AUDITOR,))
    held = RoleHeld.objects.get(user=user)
    manager.post(f"/accounts/roles/{held.pk}/end/", {"reason": "moved to the crime desk"})
    assert "now holds the role" in give(manager, user, Role.SEARCHER)
