"""The force's own sign-in (OpenID Connect), against a small provider over real HTTP."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.urls import reverse
from tests.factories.accounts import SECRET as TOTP_SECRET
from tests.factories.accounts import client_as, make_user
from tests.factories.cameras import profile_in_force
from tests.factories.oidc import SECRET, Provider, running_provider

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import AccountProposal, LinkedIdentity, User
from openanpr.accounts.services.totp import code_at
from openanpr.audit.models import AuditEvent

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("db")]
NEVER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider, settings) -> Iterator[Provider]:
    values = settings.SETTINGS
    file = values.secrets_dir / "oidc-client-secret"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(SECRET)
    settings.SETTINGS = values.model_copy(
        update={"oidc_issuer": running.issuer, "oidc_second_factor": "mfa, urn:two"}
    )
    running.claims, running.spoil, running.signs_with = {"sub": "ada@force.example"}, {}, None
    yield running
    file.unlink()


@pytest.fixture
def ada(provider: Provider) -> User:
    user = make_user("ada", roles=(Role.SYSTEM_MANAGER,), person_id="P-ada")
    LinkedIdentity.objects.using("owner").create(
        user=user,
        issuer=provider.issuer,
        subject="ada@force.example",
        linked_by="P-other",
        linked_at=datetime.now(UTC),
    )
    return user


def come_in(provider: Provider, client: Client, name: str = "provider_start", **query: str):
    question = client.get(reverse(name), query)
    return client.get(provider.sign_in_at(question.url))


def is_in(client: Client) -> bool:
    return client.get(reverse("home")).status_code == 200


def test_somebody_who_is_linked_comes_in_and_gives_our_second_factor(provider, ada):
    client = Client()
    assert "the force&#39;s sign-in" in client.get(reverse("account_login")).text
    assert come_in(provider, client).url == reverse("mfa_authenticate")
    assert not is_in(client)
    code = code_at(TOTP_SECRET, at=datetime.now(UTC))
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert is_in(client)
    words = {"methods": "the force's own sign-in and code"}
    assert AuditEvent.objects.get(verb="login.ok").payload == words


@pytest.mark.parametrize("proof", [{"amr": ["pwd", "mfa"]}, {"acr": "urn:two"}])
def test_no_second_factor_is_asked_where_the_provider_proved_one(provider, ada, proof):
    provider.claims |= proof
    client = Client()
    assert come_in(provider, client, next=reverse("accounts_list")).url == reverse("accounts_list")
    assert is_in(client)
    words = {"methods": "the force's own sign-in with a second factor there"}
    assert AuditEvent.objects.get(verb="login.ok").payload == words


@pytest.mark.parametrize("proof", [{"amr": ["pwd"]}, {"acr": "urn:one"}, {"amr": "mfa"}, {}])
def test_other_words_prove_no_second_factor(provider, ada, proof):
    provider.claims |= proof
    client = Client()
    come_in(provider, client)
    assert not is_in(client)


def test_nobody_is_signed_up(provider):
    client = Client()
    page = client.get(come_in(provider, client).url)
    assert "No account here is linked to you" in page.text
    assert not User.objects.exists()
    failed = AuditEvent.objects.get(verb="login.fail")
    assert (failed.actor_kind, failed.actor_account) == ("unknown", "ada@force.example")


SPOILT = {
    "another issuer": {"iss": "https://example.test"},
    "made for another": {"aud": "somebody-else"},
    "made for several": {"aud": ["openanpr", "somebody-else"]},
    "handed on": {"azp": "somebody-else"},
    "an old one": {"exp": 1_700_000_000},
    "another question's": {"nonce": "x"},
    "no question's": {"nonce": None},
    "nobody": {"sub": ""},
    "no end": {"exp": None},
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_an_identity_that_is_off_opens_nothing(provider, ada, spoil):
    provider.claims |= {"amr": ["mfa"]}
    provider.spoil = spoil
    client = Client()
    assert come_in(provider, client).url == reverse("account_login")
    assert not is_in(client)


def test_a_signature_of_another_key_opens_nothing(provider, ada):
    provider.claims |= {"amr": ["mfa"]}
    provider.signs_with = NEVER
    client = Client()
    come_in(provider, client)
    assert not is_in(client)


def test_an_answer_is_good_once_for_who_asked(provider, ada):
    provider.claims |= {"amr": ["mfa"]}
    asker, thief = Client(), Client()
    back = provider.sign_in_at(asker.get(reverse("provider_start")).url)
    thief.get(reverse("provider_start"))
    thief.get(back)
    assert not is_in(thief)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11)):
        asker.get(back)
        assert not is_in(asker)
    asker.get(back)
    assert not is_in(asker), "a question takes one answer"


def test_a_closed_account_and_an_ended_link_stay_shut(provider, ada):
    provider.claims |= {"amr": ["mfa"]}
    User.objects.filter(pk=ada.pk).update(is_active=False)
    client = Client()
    assert come_in(provider, client).url == reverse("account_inactive")
    User.objects.filter(pk=ada.pk).update(is_active=True)
    LinkedIdentity.objects.update(ended_at=datetime.now(UTC))
    come_in(provider, client)
    assert not is_in(client)


def test_identity_is_proved_again_there(provider, ada):
    provider.claims |= {"amr": ["mfa"]}
    client = Client()
    come_in(provider, client)
    weighty = reverse("accounts_join")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6)):
        assert client.get(weighty).url.startswith(reverse("account_reauthenticate"))
        assert come_in(provider, client, "provider_again", next=weighty).url == weighty
        assert (provider.asked["prompt"], provider.asked["max_age"]) == ("login", "0")
        assert client.get(weighty).status_code == 200


@pytest.mark.parametrize("proved_at", [None, 1_700_000_000, "now"])
def test_a_provider_that_did_not_ask_again_proves_nothing(provider, ada, proved_at):
    provider.claims |= {"amr": ["mfa"]}
    client = Client()
    come_in(provider, client)
    provider.spoil = {"auth_time": proved_at}
    said = come_in(provider, client, "provider_again", next=reverse("accounts_join"))
    assert said.url == reverse("account_reauthenticate")


def test_a_way_on_to_another_site_is_not_taken(provider, ada):
    provider.claims |= {"amr": ["mfa"]}
    client = Client()
    assert come_in(provider, client, next="https://example.test/").url == reverse("home")


def test_an_account_is_linked_by_two_people(provider):
    profile_in_force()
    manager = client_as(make_user("manager", roles=(Role.SYSTEM_MANAGER,)))
    officer = client_as(make_user("dpo", roles=(Role.DATA_PROTECTION_OFFICER,)))
    one, two = make_user("one"), make_user("two")
    form = {"identity": "one@force.example", "reason": "Staff record seen"}
    for user in (one, two):
        manager.post(reverse("accounts_identity", args=[user.pk]), form)
    assert not LinkedIdentity.objects.exists()
    answer = {"answer": "confirm", "reason": "Staff record seen too"}
    said = [
        officer.post(reverse("accounts_proposal", args=[each.pk]), answer)
        for each in AccountProposal.objects.order_by("proposed_at")
    ]
    assert [each.status_code for each in said] == [302, 403]
    assert LinkedIdentity.objects.get().user == one
    assert AuditEvent.objects.get(verb="identity.link").subject == "account:one"


def test_without_the_setting_there_is_no_such_door():
    assert Client().get(reverse("provider_start")).status_code == 404
    assert Client().get(reverse("provider_back")).status_code == 404
