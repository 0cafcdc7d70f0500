"""One's own account: theme, second factor, sessions."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.accounts.factors import has_app, passkeys_of
from openanpr.accounts.models import User
from openanpr.accounts.services import set_theme
from openanpr.accounts.sign_in import write
from openanpr.audit.services import AuditActor


def your_account(request: HttpRequest) -> HttpResponse:
    """What can be changed by oneself, and what only a system manager changes."""
    codes = Authenticator.objects.filter(
        user=_user(request), type=Authenticator.Type.RECOVERY_CODES
    ).first()
    left = len(codes.wrap().get_unused_codes()) if codes is not None else 0
    return render(
        request,
        "accounts/your_account.html",
        {
            "recovery_codes_left": left,
            "themes": User.Theme.choices,
            "has_app": has_app(_user(request)),
            "passkeys": passkeys_of(_user(request)).count(),
        },
    )


def change_theme(request: HttpRequest) -> HttpResponse:
    """Day or night; an unknown word changes nothing."""
    theme = request.POST.get("theme", "")
    if theme in User.Theme.values:
        set_theme(user=_user(request), theme=theme)
    return redirect("your_account")


def authenticator(_request: HttpRequest) -> HttpResponse:
    """Where allauth leads after a change of the second factor."""
    return redirect("your_account")


def lost_authenticator(request: HttpRequest) -> HttpResponse:
    """How to get a new authenticator: only through another person."""
    return render(request, "accounts/lost_authenticator.html")


def inactive(request: HttpRequest) -> HttpResponse:
    """The account was closed."""
    return render(request, "account/inactive.html", status=403)


def sessions(request: HttpRequest) -> HttpResponse:
    """The places where this account is signed in; all but the present one can be ended."""
    user = _user(request)
    found = sorted(
        UserSession.objects.purge_and_list(user), key=lambda one: one.created_at, reverse=True
    )
    if request.method == "POST":
        wanted = request.POST.get("session", "")
        others = [one for one in found if not one.is_current()]
        ended = [one for one in others if wanted in {"all", str(one.pk)}]
        for one in ended:
            one.end()
            write(
                request,
                "session.end",
                AuditActor.person(user),
                subject=f"account:{user.username}",
                reason="ended by its owner from another session",
            )
        messages.success(request, f"{len(ended)} session{'s' * (len(ended) != 1)} ended.")
        return redirect("usersessions_list")
    return render(request, "accounts/sessions.html", {"sessions": found})


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User), "the middleware lets nobody else through"  # noqa: S101
    return user
