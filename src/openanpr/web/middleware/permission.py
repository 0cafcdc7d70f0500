"""Default deny: no view runs unless its route declared who may call it."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, resolve_url

from openanpr.access.facts import Actor
from openanpr.web.permissions import Answer, Permission, answer, permission_of
from openanpr.web.signals import page_refused
from openanpr.web.unready import NotReadyError
from openanpr.web.views.errors import not_ready, refused

logger = logging.getLogger(__name__)


class PermissionMiddleware:
    """Asks the permission of the view that was resolved, before the view runs.

    Stands after the middleware that sets ``request.actor`` and ``request.mfa_complete``; where
    those are missing the request counts as nobody's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        _args: tuple[Any, ...],
        _kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        permission = permission_of(view)
        actor: Actor | None = getattr(request, "actor", None)
        said = answer(
            permission,
            method=request.method,
            signed_in=actor is not None,
            mfa_complete=bool(getattr(request, "mfa_complete", False)),
            roles=actor.roles if actor is not None else frozenset(),
        )
        if said is Answer.ALLOWED:
            return None
        if permission is None:
            logger.error("a view has no declared permission: %s", getattr(view, "__name__", view))
            return refused(request, needed=frozenset())
        return _refuse(request, said, permission)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Say in plain words that nothing can be decided now; leave every other fault alone."""
        if not isinstance(exception, NotReadyError):
            return None
        logger.error("a page could not be answered: %s", exception)
        return not_ready(request, reason=str(exception))


def _refuse(request: HttpRequest, said: Answer, permission: Permission) -> HttpResponseBase:
    if said is Answer.SIGN_IN:
        return _to_sign_in(request)
    if said is Answer.SET_UP_MFA:
        return _redirect(request, settings.MFA_SET_UP_URL)
    if said is Answer.METHOD_REFUSED:
        return HttpResponseNotAllowed(permission.methods)
    page_refused.send(
        sender=PermissionMiddleware,
        request=request,
        view_name=request.resolver_match.view_name if request.resolver_match else "",
        needed=sorted(permission.roles),
    )
    return refused(request, needed=permission.roles)


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """A page that was asked for is shown after signing in; a form that was sent is not replayed."""
    if request.method in {"GET", "HEAD"} and "HX-Request" not in request.headers:
        return redirect_to_login(request.path)
    return _redirect(request, str(settings.LOGIN_URL))


def _redirect(request: HttpRequest, to: str) -> HttpResponseBase:
    if "HX-Request" not in request.headers:
        return redirect(to)
    # htmx would put the sign-in page into a part of the old one: make it leave the page.
    response = HttpResponse(status=401)
    response["HX-Redirect"] = resolve_url(to)
    return response
