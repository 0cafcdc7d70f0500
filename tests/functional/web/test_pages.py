"""Home and error pages: what they say to whom."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path, reverse
from tests.factories.accounts import client_as, make_user

from openanpr.access.vocabulary import Role
from openanpr.config import urls_web
from openanpr.web.views import errors

pytestmark = pytest.mark.usefixtures("db")


def undeclared(_request):
    return HttpResponse("open to the world")


# The addresses of the product, and one that was mounted without `path_for`.
urlpatterns = [*urls_web.urlpatterns, path("undeclared", undeclared)]


def test_home_says_what_the_roles_open():
    html = client_as(make_user(roles=(Role.SYSTEM_MANAGER,))).get(reverse("home")).text
    assert f'href="{reverse("accounts_list")}"' in html
    assert "System manager" in html


def test_home_of_somebody_without_role_says_whom_to_ask():
    assert "You hold no role now" in client_as(make_user()).get(reverse("home")).text


@pytest.mark.parametrize(
    ("training", "words"),
    [
        ({"trained": False}, "Your ANPR training has lapsed or is not recorded"),
        (
            {"training_expires_at": datetime.now(UTC) - timedelta(minutes=1)},
            "Your ANPR training has lapsed or is not recorded",
        ),
        ({"training_expires_at": datetime.now(UTC) + timedelta(days=3)}, "Your ANPR training ends"),
    ],
)
def test_home_warns_of_training(training, words):
    assert words in client_as(make_user(**training)).get(reverse("home")).text


def test_a_refusal_says_which_role_opens_the_page_and_what_stands_in_the_way():
    client = client_as(make_user(roles=(Role.SEARCHER,), trained=False))
    answer = client.get(reverse("accounts_list"))
    assert answer.status_code == 403
    assert "It is open to: <strong>System manager</strong>" in answer.text
    assert "You hold: Searcher" in answer.text
    assert "No ANPR training is recorded for you" in answer.text
    assert answer["X-Request-ID"] in answer.text


@pytest.mark.security
def test_a_view_that_nobody_declared_is_closed(settings):
    settings.ROOT_URLCONF = __name__
    answer = client_as(make_user(roles=tuple(Role))).get("/undeclared")
    assert answer.status_code == 403
    assert "open to the world" not in answer.text


def test_what_is_not_there_is_not_found():
    answer = Client().get("/nothing/")
    assert answer.status_code == 404
    assert "Page not found" in answer.text


def test_a_fault_of_ours_tells_nothing_of_the_machine():
    request = RequestFactory().get("/")
    answer = errors.server_error(request)
    assert answer.status_code == 500
    assert "Traceback" not in answer.text


def test_a_page_asked_for_before_signing_in_is_kept_but_its_query_is_not():
    answer = Client().get(reverse("accounts_list"), {"page": "2"})
    assert answer.url == f"{reverse('account_login')}?next={reverse('accounts_list')}"


def test_part_of_a_page_asked_for_by_script_leads_the_whole_page_to_sign_in():
    answer = Client().get(reverse("home"), headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == reverse("account_login")


def test_night_is_an_own_choice():
    client = client_as(make_user())
    assert 'data-theme="day"' in client.get(reverse("home")).text
    client.post(reverse("change_theme"), {"theme": "night"})
    assert 'data-theme="night"' in client.get(reverse("home")).text
    client.post(reverse("change_theme"), {"theme": '"><script>'})
    assert 'data-theme="night"' in client.get(reverse("home")).text
