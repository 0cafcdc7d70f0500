"""Passkeys: made by their owner, signing in without password, refused where anything is off."""

import json
import re
from copy import copy
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from tests.factories.accounts import PASSWORD, client_as, make_user, sign_in
from tests.factories.passkeys import SoftKey, pack

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from openanpr.audit.models import AuditEvent

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("db")]


@pytest.fixture
def origin(settings) -> str:
    return settings.SETTINGS.web_origin


def prove_again(client: Client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def options_in(page) -> dict:
    return json.loads(unescape(re.search(r'data-passkey-options="([^"]+)"', page.text)[1]))


def add(client: Client, key: SoftKey, name: str = "My phone"):
    page = client.get(reverse("mfa_add_webauthn"))
    answer = {"name": name, "credential": key.make(options_in(page))}
    return client.post(reverse("mfa_add_webauthn"), answer)


def questions(client: Client) -> dict:
    asked = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    return asked.json()["request_options"]


def use(client: Client, answer: str):
    return client.post(reverse("mfa_login_webauthn"), {"credential": answer})


def with_passkey(origin: str, **fields) -> tuple[User, SoftKey]:
    user, key = make_user(**fields), SoftKey(origin=origin)
    client = client_as(user)
    prove_again(client)
    assert add(client, key).status_code == 302
    return user, key


def test_a_passkey_signs_in_without_password_and_code(origin):
    user, key = with_passkey(origin, roles=(Role.SYSTEM_MANAGER,))
    stranger = Client()
    assert use(stranger, key.sign(questions(stranger))).url == reverse("home")
    page = stranger.get(reverse("accounts_list"))
    assert page.status_code == 200
    events = AuditEvent.objects.filter(actor_account=user.username)
    assert {"what": "passkey set up"} in events.values_list("payload", flat=True)
    assert events.get(verb="login.ok").payload == {"methods": "passkey"}


def test_a_passkey_is_asked_for_after_the_password_too(origin):
    user, key = with_passkey(origin)
    client = Client()
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    page = client.get(reverse("mfa_authenticate"))
    answer = {"credential": key.sign(options_in(page))}
    assert client.post(reverse("mfa_authenticate"), answer).url == reverse("home")
    assert AuditEvent.objects.get(verb="login.ok").payload == {"methods": "password and passkey"}


def test_the_first_second_factor_may_be_a_passkey(origin):
    user = make_user(mfa=False)
    client = Client()
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    assert add(client, SoftKey(origin=origin)).url == reverse("mfa_view_recovery_codes")
    assert client.get(reverse("home")).status_code == 200


def test_making_one_asks_for_the_password_again():
    client = client_as(make_user())
    assert client.get(reverse("mfa_add_webauthn")).url.startswith(reverse("account_reauthenticate"))


def test_a_session_with_the_password_alone_adds_nothing_once_there_is_a_factor(origin):
    user = make_user(mfa=False)
    early = sign_in(Client(), user, second_factor=False)
    owner = Client()
    owner.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    add(owner, SoftKey(origin=origin))
    for name in ("mfa_add_webauthn", "mfa_activate_totp"):
        assert early.get(reverse(name)).url.startswith(reverse("account_login")), name
    assert not Authenticator.objects.filter(user=user, type="totp").exists()


def test_a_passkey_proves_again_who_one_is(origin):
    user, key = with_passkey(origin)
    client = client_as(user)
    later = datetime.now(UTC) + timedelta(minutes=10)
    with time_machine.travel(later):
        again = client.get(reverse("mfa_reauthenticate_webauthn"))
        done = client.post(
            reverse("mfa_reauthenticate_webauthn"),
            {"credential": key.sign(options_in(again)), "next": reverse("mfa_add_webauthn")},
        )
        assert done.url == reverse("mfa_add_webauthn")
        assert client.get(done.url).status_code == 200


def test_one_of_two_factors_is_taken_away_and_never_the_last(origin):
    user, _ = with_passkey(origin)
    client = client_as(user)
    passkey = Authenticator.objects.get(user=user, type="webauthn")
    address = reverse("mfa_remove_webauthn", args=[passkey.pk])
    Authenticator.objects.filter(user=user, type="totp").delete()
    assert "only second factor" in client.post(address, follow=True).text
    assert Authenticator.objects.filter(pk=passkey.pk).exists()
    prove_again(client)
    add(client, SoftKey(origin=origin), "Another")
    assert "opens nothing any more" in client.post(address, follow=True).text
    assert not Authenticator.objects.filter(pk=passkey.pk).exists()


def test_nobody_takes_away_the_passkey_of_another(origin):
    user, _ = with_passkey(origin)
    passkey = Authenticator.objects.get(user=user, type="webauthn")
    stranger = client_as(make_user())
    assert stranger.post(reverse("mfa_remove_webauthn", args=[passkey.pk])).status_code == 404


def test_answers_that_are_off_sign_nobody_in(origin):
    user, key = with_passkey(origin)
    other = make_user()
    elsewhere, unverified = copy(key), copy(key)
    elsewhere.origin, unverified.verifies = "https://example.test", False
    old = Client()
    spent = key.sign(questions(old))
    use(old, spent)

    def attempt(make) -> str:
        client = Client()
        asked = questions(client)
        answer = use(client, make(asked))
        assert client.get(reverse("home")).status_code == 302, "somebody was let in"
        return str(answer.url)

    hostile = [
        elsewhere.sign,
        unverified.sign,
        lambda _asked: spent,
        lambda asked: key.sign(asked, signature=b"0" * 70),
        lambda asked: key.sign(asked, userHandle=pack(b"zz9")),
        lambda asked: key.sign(asked, userHandle=None),
        lambda asked: key.sign(asked, userHandle=7),
        lambda asked: key.sign(asked, userHandle=pack(b"z" * 40)),
        lambda asked: key.sign(asked, userHandle=pack(_handle(other))),
        lambda asked: key.sign(asked, authenticatorData=b"\x00"),
        lambda asked: key.sign(asked, clientDataJSON=b"[]"),
        lambda _asked: "[]",
        lambda _asked: "not json",
        lambda _asked: '{"id": 1, "response": {"userHandle": "MQ"}}',
        lambda _asked: '{"response": []}',
    ]
    assert {attempt(make) for make in hostile} == {reverse("account_login")}
    assert user.username not in AuditEvent.objects.filter(verb="login.fail").values_list(
        "actor_account", flat=True
    )


def test_a_new_passkey_that_is_off_is_refused(origin):
    client = client_as(make_user())
    prove_again(client)
    for key in (
        SoftKey(origin="https://example.test"),
        SoftKey(origin=origin, verifies=False),
    ):
        assert "The passkey was not made" in add(client, key).text
    for text in ("[]", "{}", '{"response": 1}', "null", ""):
        client.get(reverse("mfa_add_webauthn"))
        answer = client.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": text})
        assert answer.status_code == 200, text
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_wrong_passkeys_after_the_password_count_as_wrong_answers(origin):
    user, key = with_passkey(origin)
    client = Client()
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    asked = options_in(client.get(reverse("mfa_authenticate")))
    for _ in range(5):
        wrong = key.sign(asked, signature=bytes(70))
        client.post(reverse("mfa_authenticate"), {"credential": wrong})
    assert AuditEvent.objects.filter(verb="login.lock").exists()


def test_a_closed_account_is_not_opened_by_its_passkey(origin):
    user, key = with_passkey(origin)
    User.objects.filter(pk=user.pk).update(is_active=False)
    client = Client()
    assert use(client, key.sign(questions(client))).url == reverse("account_inactive")
    assert client.get(reverse("home")).status_code == 302


def _handle(user: User) -> bytes:
    from allauth.account.utils import user_pk_to_url_str

    return user_pk_to_url_str(user).encode()
