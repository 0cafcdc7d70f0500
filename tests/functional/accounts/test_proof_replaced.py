"""What the old password or second factor opened ends when another takes its place."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from tests.factories.accounts import PASSWORD, client_as, make_user

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from openanpr.accounts.queries import actor_of
from openanpr.accounts.services.enrolment import issue_enrolment, use_enrolment
from openanpr.accounts.services.totp import reset_second_factor
from openanpr.api.models import ApiToken
from openanpr.api.services.tokens import make_token
from openanpr.audit.models import AuditEvent
from openanpr.audit.services import AuditActor
from openanpr.investigations.services.author import Author

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("db")]
OTHER = AuditActor.system("test")


@pytest.fixture
def ada() -> User:
    user = make_user("ada", roles=(Role.ANALYST,))
    at = datetime.now(UTC)
    make_token(
        author=Author(user=user, actor=actor_of(user, at=at)),
        name="a program",
        purpose="for the crime desk",
        takes_out=False,
        lasts=timedelta(days=9),
        at=at,
    )
    return user


def tokens_left() -> int:
    return ApiToken.objects.filter(revoked_at=None).count()


def test_sessions_and_tokens_end_with_the_second_factor(ada):
    thief = client_as(ada)
    assert thief.get(reverse("home")).status_code == 200
    UserSession.objects.create(
        user=ada, session_key=thief.session.session_key, ip="192.0.2.1", user_agent="x"
    )
    reset_second_factor(user=ada, by=OTHER, at=datetime.now(UTC), reason="stolen telephone")
    assert thief.get(reverse("home")).url.startswith(reverse("account_login"))
    assert tokens_left() == 0
    assert AuditEvent.objects.get(verb="token.revoke").reason == "its second factor was taken away"


def test_tokens_end_with_the_password(ada):
    at = datetime.now(UTC)
    code = issue_enrolment(user=ada, by=OTHER, at=at, reason="lost")
    use_enrolment(code=code, password="three plain words here", at=at)
    assert tokens_left() == 0


def test_tokens_end_with_a_password_that_its_owner_changes(ada):
    client: Client = client_as(ada)
    new = "three plain words"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post(reverse("account_change_password"), form).status_code == 302
    assert tokens_left() == 0
