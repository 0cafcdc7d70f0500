"""Setting the first second factor up: open after the password alone, until there is one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from openanpr.accounts.factors import has_factor
from openanpr.accounts.models import User

View = Callable[..., HttpResponse]


def not_past_a_factor(view: View) -> View:
    """``view``, but not for a session that gave the password alone once the account has a factor.

    Such a session was opened before its owner, or somebody else, set a factor up: whoever knows
    only the password must not add another.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        complete = bool(getattr(request, "mfa_complete", False))
        if complete or not isinstance(request.user, User) or not has_factor(request.user):
            return view(request, *args, **kwargs)
        get_adapter(request).logout(request)
        messages.info(request, "This account has a second factor now. Sign in with it.")
        return redirect("account_login")

    return guarded
