"""Signing in, and proving again who one is, through the force's own sign-in."""

from datetime import UTC, datetime, timedelta
from typing import Final

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from openanpr.accounts import provider as provider_app
from openanpr.accounts.models import User
from openanpr.accounts.provider import Identity, Provider, ProviderProblem, Question
from openanpr.accounts.queries import user_of_identity
from openanpr.accounts.sign_in import write
from openanpr.accounts.stages import ELSEWHERE
from openanpr.audit.services import AuditActor
from openanpr.web.clock import now

_SLACK: Final = timedelta(seconds=30)
METHOD: Final = "provider"
NOT_LINKED: Final = "No account here is linked to you. Ask your system manager."


def start(request: HttpRequest) -> HttpResponse:
    """Go to the provider, to sign in here."""
    return _ask(request, again=False)


def again(request: HttpRequest) -> HttpResponse:
    """Go to the provider to prove again who one is, before something weighty."""
    return _ask(request, again=True)


def back(request: HttpRequest) -> HttpResponse:
    """Back from the provider: signed in, or proven again, or told why not."""
    provider = _provider()
    given = request.GET
    try:
        question, identity = provider_app.answered(
            provider,
            request.session,
            state=given.get("state", ""),
            code=given.get("code", ""),
            at=now(),
        )
    except ProviderProblem as problem:
        return _refused(request, "", f"{provider.name} was asked, but {problem}.")
    user = user_of_identity(issuer=provider.issuer, subject=identity.subject)
    if user is None:
        return _refused(request, identity.subject, NOT_LINKED)
    if question.again:
        return _proved_again(request, provider, question, identity, user)
    return _sign_in(request, provider, question, identity, user)


def _ask(request: HttpRequest, *, again: bool) -> HttpResponse:
    provider = _provider()
    then = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(then, allowed_hosts=None):
        then = ""
    try:
        address = provider_app.asked(provider, request.session, then=then, again=again, at=now())
    except ProviderProblem as problem:
        messages.error(request, f"{provider.name} can't be used now: {problem}.")
        return redirect("account_reauthenticate" if again else "account_login")
    return redirect(address)


def _sign_in(
    request: HttpRequest, provider: Provider, question: Question, identity: Identity, user: User
) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home")
    record_authentication(request, user, METHOD)
    elsewhere = provider_app.proves_second_factor(identity, provider)
    login = Login(
        user=user,
        redirect_url=question.then or reverse("home"),
        signal_kwargs={ELSEWHERE: elsewhere},
        state={ELSEWHERE: elsewhere},
    )
    answer: HttpResponse = perform_login(request, login)
    return answer


def _proved_again(
    request: HttpRequest, provider: Provider, question: Question, identity: Identity, user: User
) -> HttpResponse:
    asked_at = datetime.fromtimestamp(question.asked_at, tz=UTC)
    if request.user != user:
        return _refused(request, identity.subject, "You are signed in here as somebody else.")
    if identity.proved_at is None or identity.proved_at < asked_at - _SLACK:
        return _refused(
            request, identity.subject, f"{provider.name} did not ask again who you are."
        )
    record_authentication(request, user, METHOD, reauthenticated=True)
    return redirect(question.then or "home")


def _refused(request: HttpRequest, subject: str, words: str) -> HttpResponse:
    write(
        request,
        "login.fail",
        AuditActor.unknown(subject[:150]),
        decision="deny",
        reason=words,
        payload={"step": "the force's own sign-in"},
    )
    messages.error(request, words)
    return redirect("account_reauthenticate" if request.user.is_authenticated else "account_login")


def _provider() -> Provider:
    """The provider of the settings; 404 where there is none, or no secret for it."""
    found = provider_app.provider_of(settings.SETTINGS, back=reverse("provider_back"))
    if found is None:
        raise Http404
    return found
