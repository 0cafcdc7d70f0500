"""Signing in and out, as the audit records it."""

from typing import Any

from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_used
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.http import HttpRequest

from openanpr.accounts.factors import FACTORS
from openanpr.accounts.lockout import STEP, claimed_username
from openanpr.accounts.models import User
from openanpr.accounts.queries import user_by_name
from openanpr.accounts.session import (
    PROOFS,
    mark_proved_elsewhere,
    mark_second_factor,
    mark_start,
    methods_of,
)
from openanpr.accounts.signals import proof_replaced
from openanpr.accounts.stages import ELSEWHERE
from openanpr.audit.services import AuditActor, record_event
from openanpr.web.clock import now
from openanpr.web.request import request_id, source_address
from openanpr.web.signals import page_refused

_FACTOR_WORDS = {
    Authenticator.Type.TOTP: "authenticator app",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


def listen() -> None:
    """Connect every signal of sign-in; called once, when Django is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="audit sign-in")
    user_logged_out.connect(_signed_out, dispatch_uid="audit sign-out")
    user_login_failed.connect(_failed, dispatch_uid="audit failed sign-in")
    user_locked_out.connect(_locked, dispatch_uid="audit lock-out")
    password_changed.connect(_password_changed, dispatch_uid="audit password")
    authenticator_added.connect(_factor_added, dispatch_uid="audit authenticator")
    authenticator_used.connect(_factor_used, dispatch_uid="note second factor")
    page_refused.connect(_page_refused, dispatch_uid="audit refused page")


def write(request: HttpRequest, verb: str, actor: AuditActor, **details: Any) -> None:
    """One event about ``request``, at the present instant."""
    record_event(
        verb=verb,
        actor=actor,
        at=now(),
        request_id=request_id(request),
        source_address=source_address(request),
        **details,
    )


def _signed_in(request: HttpRequest, user: User, **details: Any) -> None:
    mark_start(request, at=now())
    if details.get(ELSEWHERE):
        mark_proved_elsewhere(request, user)
    methods = methods_of(request.session.get(PROOFS, [])) or ["password"]
    words = " and ".join(methods)
    if details.get(ELSEWHERE):
        words += " with a second factor there"
    elif len(methods) == 1 and "passkey" not in methods:
        words += " alone, to set up the second factor"
    write(
        request,
        "login.ok",
        AuditActor.person(user),
        subject=f"account:{user.username}",
        payload={"methods": words},
    )


def _signed_out(request: HttpRequest | None, user: User | None, **_: Any) -> None:
    if request is not None and user is not None and not getattr(request, "session_ended", False):
        write(request, "login.out", AuditActor.person(user), subject=f"account:{user.username}")


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    if request is None:
        return
    claimed = claimed_username(None, credentials) or ""
    step = str(credentials.get(STEP, "password"))
    write(
        request,
        "login.fail",
        _author(claimed, step=step),
        subject=f"account:{claimed[:150]}",
        decision="deny",
        payload={"step": step},
    )


def _author(claimed: str, *, step: str) -> AuditActor:
    """Who gave only a wrong password is nobody known; who got past it is that account's person."""
    user = user_by_name(claimed) if step != "password" else None
    return AuditActor.person(user) if user is not None else AuditActor.unknown(claimed)


def _locked(request: HttpRequest, username: str | None, **_: Any) -> None:
    write(
        request, "login.lock", AuditActor.system("web"), subject=f"account:{(username or '')[:150]}"
    )


def _password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    write(request, "password.change", AuditActor.person(user), subject=f"account:{user.username}")
    proof_replaced.send(sender=User, user=user, at=now(), reason="its password was changed")


def _factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type in FACTORS:
        mark_second_factor(request, user)
    write(
        request,
        "authenticator.change",
        AuditActor.person(user),
        subject=f"account:{user.username}",
        payload={"what": f"{_FACTOR_WORDS[authenticator.type]} set up"},
    )


def _factor_used(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    mark_second_factor(request, user)
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        write(
            request,
            "authenticator.change",
            AuditActor.person(user),
            subject=f"account:{user.username}",
            payload={"what": "a recovery code was used"},
        )


def _page_refused(request: HttpRequest, view_name: str, needed: list[str], **_: Any) -> None:
    user = request.user
    if isinstance(user, User):
        write(
            request,
            "access.refuse",
            AuditActor.person(user),
            decision="deny",
            reasons=["role-not-relevant"],
            payload={"page": view_name, "method": request.method or ""},
        )
