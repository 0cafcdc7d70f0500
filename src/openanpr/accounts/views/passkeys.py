"""Passkeys: making them, signing in by them, proving again by them, taking them away."""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as allauth
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from openanpr.accounts.factors import factors_of, passkeys_of
from openanpr.accounts.models import User
from openanpr.accounts.passkey_forms import NOT_GOOD
from openanpr.accounts.services.passkeys import LastFactorError, remove_passkey
from openanpr.accounts.step_up import after_step_up
from openanpr.accounts.views.first_factor import not_past_a_factor
from openanpr.audit.services import AuditActor
from openanpr.web.clock import now


class AddPasskey(allauth.AddWebAuthnView):  # type: ignore[misc]
    """Make a passkey that signs in by itself: it stays on its device and asks for PIN or finger."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        options = auth.begin_registration(self.request.user, passwordless=True)
        return {**context, "options": json.dumps(options)}

    def get_success_url(self) -> str:
        if self.did_generate_recovery_codes:
            return reverse("mfa_view_recovery_codes")
        return reverse("mfa_list_webauthn")


class SignInByPasskey(allauth.LoginWebAuthnView):  # type: ignore[misc]
    """Questions for a passkey go out as JSON, its answer comes back as a form."""

    def form_invalid(self, _form: Any) -> HttpResponse:
        messages.error(self.request, NOT_GOOD)
        return redirect("account_login")


class PasskeyAgain(allauth.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """The passkey once more."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "options": json.dumps(context["js_data"]["request_options"])}

    def form_invalid(self, form: Any) -> HttpResponse:
        return render(
            self.request, self.template_name, self.get_context_data(form=form), status=422
        )


add = not_past_a_factor(AddPasskey.as_view())
sign_in = SignInByPasskey.as_view()
again = PasskeyAgain.as_view()


def passkeys(request: HttpRequest) -> HttpResponse:
    """One's own passkeys."""
    user = _user(request)
    return render(
        request,
        "accounts/passkeys.html",
        {"passkeys": list(passkeys_of(user)), "removable": factors_of(user).count() > 1},
    )


@after_step_up
def remove(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """Take one of one's own passkeys away, as long as another second factor is left."""
    user = _user(request)
    found: Authenticator = get_object_or_404(passkeys_of(user), pk=passkey_id)
    if request.method == "POST":
        try:
            remove_passkey(passkey=found, user=user, by=AuditActor.person(user), at=now())
        except LastFactorError:
            messages.error(
                request, "It is your only second factor. Set up another one, then take it away."
            )
        else:
            messages.success(request, "The passkey is taken away. It opens nothing any more.")
        return redirect("mfa_list_webauthn")
    return render(request, "accounts/remove_passkey.html", {"name": found.wrap().name})


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User), "the middleware lets nobody else through"  # noqa: S101
    return user
