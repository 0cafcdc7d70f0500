"""Sessions that end, and the actor of each request, looked up anew every time."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase

from openanpr.accounts import session
from openanpr.accounts.factors import has_factor
from openanpr.accounts.limits import session_limits
from openanpr.accounts.models import User
from openanpr.accounts.queries import actor_of, person_of, standing_of, user_with_posting
from openanpr.accounts.sign_in import write
from openanpr.audit.services import AuditActor
from openanpr.web.clock import now

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class SessionLimitMiddleware:
    """Ends a session that was idle too long, is too old, or whose account was closed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if isinstance(request.user, User):
            self._check(request, request.user)
        return self.get_response(request)

    def _check(self, request: HttpRequest, user: User) -> None:
        at = now()
        idle, hard = session_limits(at=at)
        why = session.why_over(request, at=at, idle=idle, hard=hard)
        if why is None:
            session.touch(request, at=at)
            return
        write(
            request,
            "session.end",
            AuditActor.person(user),
            subject=f"account:{user.username}",
            reason=why,
        )
        request.session_ended = True  # type: ignore[attr-defined]
        logout(request)
        messages.info(request, f"You were signed out: {why}.")


class ActorMiddleware:
    """Sets ``request.actor``, ``request.person`` and ``request.mfa_complete``.

    Roles, training and the second factor are read from the database at every request, so that a
    role that ends or an account that is closed takes effect at once. Django itself drops a closed
    account from its session (``ModelBackend.get_user``).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = None  # type: ignore[attr-defined]
        request.person = None  # type: ignore[attr-defined]
        request.mfa_complete = False  # type: ignore[attr-defined]
        if isinstance(request.user, User):
            self._identify(request, request.user.pk)
        return self.get_response(request)

    def _identify(self, request: HttpRequest, user_id: int) -> None:
        user = user_with_posting(user_id)
        if user is None:
            return
        standing = standing_of(user, at=now())
        request.user = user
        request.actor = actor_of(user, at=now(), standing=standing)  # type: ignore[attr-defined]
        request.person = person_of(user, standing=standing)  # type: ignore[attr-defined]
        request.mfa_complete = session.has_second_factor(  # type: ignore[attr-defined]
            request, user
        ) and (has_factor(user) or session.proved_elsewhere(request, user))
