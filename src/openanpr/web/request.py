"""The request as our middleware leaves it for views."""

from contextvars import ContextVar
from typing import Final

from django.http import HttpRequest

from openanpr.access.facts import Actor
from openanpr.web.person import Person

CURRENT: Final[ContextVar[HttpRequest | None]] = ContextVar("openanpr.request", default=None)
"""The request that is being answered; ``None`` in a process or a job without one."""


class PageRequest(HttpRequest):
    """A request of the web process.

    ``actor`` and ``person`` are ``None`` for somebody not signed in. A view whose permission is not
    public always has both: the middleware lets nobody else through.
    """

    actor: Actor | None
    person: Person | None
    mfa_complete: bool
    request_id: str


def require_actor(request: HttpRequest) -> Actor:
    """The actor of a request to a page that is not public; ``PermissionError`` if there is none."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise PermissionError("this page was reached by a request without an actor")
    return actor


def source_address(request: HttpRequest) -> str:
    """The network address that the request came from; empty when the server gave none, or when
    it is to be forgotten.
    """
    if getattr(request, "address_forgotten", False):
        return ""
    return str(request.META.get("REMOTE_ADDR", ""))


def forget_address(request: HttpRequest) -> None:
    """From here on nothing that is written down about this request names its address."""
    request.address_forgotten = True  # type: ignore[attr-defined]


def request_id(request: HttpRequest) -> str:
    """The id under which this request stands in log and audit; empty outside the middleware."""
    return str(getattr(request, "request_id", ""))
