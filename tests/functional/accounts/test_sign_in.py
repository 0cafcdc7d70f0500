"""Signing in with password and code, and what stops it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.factories.accounts import PASSWORD, SECRET, client_as, make_user, sign_in

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import RoleHeld
from openanpr.accounts.services.totp import code_at
from openanpr.audit.models import AuditEvent

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def _no_code_used_yet():
    """Codes that were used are remembered for 30 s, and tests reuse numbers of accounts."""
    cache.clear()


def give_password(client: Client, username: str, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def give_code(client: Client, code: str):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("sequence").values_list("verb", flat=True))


def test_password_and_code_open_the_home_page_and_are_audited():
    user = make_user("pc.example", roles=(Role.ALERT_USER,))
    client = Client()
    answer = give_password(client, "PC.Example")
    assert answer.status_code == 302
    assert answer.url == reverse("mfa_authenticate")
    assert client.get(reverse("home")).status_code == 302, "the password alone opens nothing"
    answer = give_code(client, code_at(SECRET, at=datetime.now(UTC)))
    assert answer.url == reverse("home")
    page = client.get(reverse("home"))
    assert page.status_code == 200
    assert user.full_name in page.text
    assert verbs() == ["login.ok"]


def test_wrong_password_is_refused_and_audited_under_the_claimed_name():
    make_user("pc.example")
    answer = give_password(Client(), "pc.example", "wrong")
    assert answer.status_code == 200
    assert "The user name or the password is wrong" in answer.text
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor_kind, event.actor_account) == (
        "login.fail",
        "unknown",
        "pc.example",
    )
    assert event.payload == {"step": "password"}


def test_wrong_code_is_refused_and_audited_as_that_person():
    make_user("pc.example")
    client = Client()
    give_password(client, "pc.example")
    answer = give_code(client, "000000")
    assert "The code is wrong" in answer.text
    assert client.get(reverse("home")).status_code == 302
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor_kind, event.payload) == (
        "login.fail",
        "person",
        {"step": "code"},
    )


def test_a_code_works_once():
    make_user("pc.example")
    with time_machine.travel(datetime.now(UTC), tick=False):
        code = code_at(SECRET, at=datetime.now(UTC))
        first, second = Client(), Client()
        give_password(first, "pc.example")
        give_password(second, "pc.example")
        assert give_code(first, code).status_code == 302
        assert "was used already" in give_code(second, code).text


@pytest.mark.security
def test_five_wrong_passwords_lock_the_account_even_for_the_right_one():
    make_user("pc.example")
    for spelling in ("pc.example", "PC.EXAMPLE", "pc.example", " pc.example", "Pc.Example"):
        give_password(Client(), spelling, "wrong")
    answer = give_password(Client(), "pc.example")
    assert answer.status_code == 429
    assert "Too many wrong answers" in answer.text
    assert "login.lock" in verbs()


@pytest.mark.security
def test_wrong_codes_lock_the_account_too():
    make_user("pc.example")
    client = Client()
    give_password(client, "pc.example")
    for _ in range(4):
        assert give_code(client, "000000").status_code == 200
    assert give_code(client, "000000").status_code == 429
    answer = give_code(client, code_at(SECRET, at=datetime.now(UTC)))
    assert "Too many wrong answers" in answer.text
    assert client.get(reverse("home")).status_code == 302
    assert "login.lock" in verbs()


def test_a_lock_out_ends_by_itself():
    make_user("pc.example")
    for _ in range(5):
        give_password(Client(), "pc.example", "wrong")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16)):
        assert give_password(Client(), "pc.example").url == reverse("mfa_authenticate")


def test_an_account_without_second_factor_gets_to_the_set_up_page_only():
    user = make_user(mfa=False, roles=(Role.SYSTEM_MANAGER,))
    client = Client()
    give_password(client, user.username)
    for name in ("home", "your_account", "accounts_list", "usersessions_list"):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer.url) == (302, reverse("mfa_activate_totp")), name
    page = client.get(reverse("mfa_activate_totp"))
    assert "data:image/svg+xml;base64," in page.text
    code = code_at(client.session["mfa.totp.secret"], at=datetime.now(UTC))
    done = client.post(reverse("mfa_activate_totp"), {"code": code})
    assert done.url == reverse("mfa_view_recovery_codes")
    assert client.get(done.url).status_code == 200
    assert client.get(reverse("home")).status_code == 200


def test_the_second_factor_is_changed_only_soon_after_giving_the_password():
    user = make_user(mfa=False)
    client = Client()
    give_password(client, user.username)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6)):
        answer = client.get(reverse("mfa_activate_totp"))
        assert answer.url.startswith(reverse("account_reauthenticate"))
        back = {"password": PASSWORD, "next": reverse("mfa_activate_totp")}
        assert client.post(answer.url, back).url == reverse("mfa_activate_totp")


@pytest.mark.security
def test_a_code_is_good_once_in_every_process():
    make_user("pc.example")
    code = code_at(SECRET, at=datetime.now(UTC))
    first, second = Client(), Client()
    give_password(first, "pc.example")
    give_password(second, "pc.example")
    assert give_code(first, code).status_code == 302
    cache.clear()  # what another process of the same kind would not know
    assert "was used already" in give_code(second, code).text


@pytest.mark.security
def test_a_session_without_the_second_factor_is_not_let_in_although_the_account_has_one():
    client = sign_in(Client(), make_user(), second_factor=False)
    assert client.get(reverse("home")).url == reverse("mfa_activate_totp")


@pytest.mark.security
def test_secrets_of_authenticators_rest_encrypted():
    from allauth.mfa.models import Authenticator

    make_user()
    assert SECRET not in str(Authenticator.objects.get().data)


def test_a_closed_account_is_out_at_its_next_request():
    user = make_user(roles=(Role.SYSTEM_MANAGER,))
    client = client_as(user)
    assert client.get(reverse("accounts_list")).status_code == 200
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(reverse("accounts_list")).url.startswith(reverse("account_login"))
    answer = give_password(Client(), user.username)
    assert answer.url == reverse("account_inactive")
    assert client.get(answer.url).status_code == 403


def test_a_role_that_ended_opens_nothing_at_the_next_request():
    user = make_user(roles=(Role.SYSTEM_MANAGER,))
    client = client_as(user)
    assert client.get(reverse("accounts_list")).status_code == 200
    RoleHeld.objects.filter(user=user).update(valid_to=datetime.now(UTC))
    answer = client.get(reverse("accounts_list"))
    assert answer.status_code == 403
    assert "System manager" in answer.text
    assert "You hold no role now" in answer.text
    event = AuditEvent.objects.get(verb="access.refuse")
    assert event.payload == {"page": "accounts_list", "method": "GET"}


def test_an_idle_session_ends_and_says_why(settings):
    client = client_as(make_user())
    start = datetime.now(UTC)
    with time_machine.travel(start + settings.SESSION_IDLE - timedelta(minutes=1)):
        assert client.get(reverse("home")).status_code == 200
    with time_machine.travel(start + settings.SESSION_IDLE + timedelta(minutes=5)):
        assert client.get(reverse("home")).status_code == 200, "it was used meanwhile"
    with time_machine.travel(start + 3 * settings.SESSION_IDLE):
        answer = client.get(reverse("home"))
        assert answer.url.startswith(reverse("account_login"))
        assert "nothing was done for 30 minutes" in client.get(answer.url).text
    assert verbs() == ["session.end"]


def test_background_requests_do_not_keep_a_session_alive(settings):
    client = client_as(make_user())
    start = datetime.now(UTC)
    with time_machine.travel(start + settings.SESSION_IDLE - timedelta(minutes=2)):
        client.get(reverse("home"), headers={"OpenANPR-Background": "1"})
    with time_machine.travel(start + settings.SESSION_IDLE + timedelta(minutes=1)):
        assert client.get(reverse("home")).status_code == 302


def test_a_session_ends_after_its_hard_limit_however_busy(settings):
    client = client_as(make_user())
    start = datetime.now(UTC)
    elapsed = timedelta()
    while elapsed < settings.SESSION_HARD - timedelta(minutes=20):
        elapsed += timedelta(minutes=20)
        with time_machine.travel(start + elapsed):
            assert client.get(reverse("home")).status_code == 200
    with time_machine.travel(start + settings.SESSION_HARD + timedelta(minutes=1)):
        assert client.get(reverse("home")).status_code == 302


def test_signing_out_is_a_post_and_is_audited():
    client = client_as(make_user())
    assert client.get(reverse("account_logout")).status_code == 405
    assert client.post(reverse("account_logout")).url == reverse("account_login")
    assert client.get(reverse("home")).status_code == 302
    assert verbs() == ["login.out"]


@pytest.mark.security
def test_a_form_without_token_is_refused():
    user = make_user("pc.example")
    client = Client(enforce_csrf_checks=True)
    answer = give_password(client, user.username)
    assert answer.status_code == 403
    assert "This form is too old" in answer.text


@pytest.mark.security
def test_sign_in_leads_to_no_other_site():
    make_user("pc.example")
    client = Client()
    target = {"next": "https://elsewhere.example/"}
    client.post(reverse("account_login"), {"login": "pc.example", "password": PASSWORD, **target})
    answer = give_code(client, code_at(SECRET, at=datetime.now(UTC)))
    assert answer.url == reverse("home")


@pytest.mark.parametrize("path", ["signup/", "password/reset/", "email/", "2fa/", "confirm-email/"])
def test_other_pages_of_the_library_are_not_there(path):
    assert Client().get(f"/account/{path}").status_code == 404


def test_own_sessions_are_listed_and_the_others_ended():
    user = make_user("pc.example")
    here, there = Client(), Client()
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        for client in (there, here):
            give_password(client, user.username)
            give_code(client, code_at(SECRET, at=datetime.now(UTC)))
            clock.shift(60)
        assert "This one" in here.get(reverse("usersessions_list")).text
        here.post(reverse("usersessions_list"), {"session": "all"})
        assert there.get(reverse("home")).status_code == 302
        assert here.get(reverse("home")).status_code == 200


def test_a_recovery_code_signs_in_once():
    user = make_user("pc.example")
    client = client_as(user)
    new = reverse("mfa_generate_recovery_codes")
    again = client.get(new)
    assert again.url.startswith(reverse("account_reauthenticate")), "weighty: the password first"
    client.post(again.url, {"password": PASSWORD, "next": new})
    shown = client.post(new, follow=True).text
    code = re.findall(r'<code class="oa-code">([^<]+)</code>', shown)[0]
    first, second = Client(), Client()
    give_password(first, user.username)
    assert give_code(first, code).url == reverse("home")
    give_password(second, user.username)
    assert "was used already" in give_code(second, code).text
    events = AuditEvent.objects.filter(verb="authenticator.change")
    assert "a recovery code was used" in {event.payload["what"] for event in events}


def test_a_changed_password_ends_the_session_and_the_old_one():
    user = make_user("pc.example")
    client = client_as(user)
    new = "four other random words"
    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert answer.status_code == 302
    assert client.get(reverse("home")).status_code == 302
    assert give_password(Client(), user.username).status_code == 200
    assert give_password(Client(), user.username, new).url == reverse("mfa_authenticate")
    assert "password.change" in verbs()


@pytest.mark.security
def test_the_present_password_is_guessed_five_times_at_most():
    client = client_as(make_user("pc.example"))
    new = "four other random words"
    form = {"oldpassword": "wrong", "password1": new, "password2": new}
    for _ in range(5):
        client.post(reverse("account_change_password"), form)
    answer = client.post(reverse("account_change_password"), {**form, "oldpassword": PASSWORD})
    assert "Too many wrong answers" in answer.text


def test_the_page_that_was_asked_for_opens_after_signing_in():
    make_user("pc.example", roles=(Role.SYSTEM_MANAGER,))
    client = Client()
    to = client.get(reverse("accounts_list")).url
    form = {"login": "pc.example", "password": PASSWORD, "next": reverse("accounts_list")}
    assert f'value="{reverse("accounts_list")}"' in client.get(to).text
    client.post(to, form)
    answer = give_code(client, code_at(SECRET, at=datetime.now(UTC)))
    assert answer.url == reverse("accounts_list")


@pytest.mark.security
def test_a_name_that_nobody_has_is_answered_like_one_that_somebody_has():
    make_user("pc.example")
    answers = {}
    for name in ("pc.example", "nobody"):
        client = Client()
        texts = [give_password(client, name, "wrong") for _ in range(6)]
        answers[name] = [
            (one.status_code, "The user name or the password is wrong" in one.text) for one in texts
        ]
    assert answers["pc.example"] == answers["nobody"]
    assert answers["nobody"][-1] == (429, False)
