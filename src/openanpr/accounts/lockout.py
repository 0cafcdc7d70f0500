"""Lock-out after too many wrong passwords or codes, counted together in the database (axes)."""

from typing import Any, Final

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from openanpr.accounts.managers import normalise_username
from openanpr.accounts.models import User

STEP: Final = "step"


def claimed_username(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str | None:
    """The user name that an attempt is about, in one spelling: upper case opens no second count."""
    claimed = (credentials or {}).get("username")
    if claimed is None and request is not None:
        claimed = request.POST.get("login")
    return normalise_username(str(claimed)) if claimed else None


def is_locked(request: HttpRequest, user: User) -> bool:
    """Whether this account takes no password or code at present."""
    return bool(AxesProxyHandler.is_locked(request, {"username": user.username}))


def count_failure(request: HttpRequest, user: User, *, step: str) -> None:
    """Count one wrong answer after the user name was known; locks the account at the limit.

    ``step`` says what was asked (``events`` has the words) and goes to the audit.
    """
    user_login_failed.send(
        sender=__name__,
        credentials={"username": user.username, STEP: step},
        request=request,
    )
