"""Pages that cost much are given to one sender at a bearable pace."""

import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from openanpr.access.facts import Actor
from openanpr.web.pace import PACES, Counter
from openanpr.web.request import source_address
from openanpr.web.views.errors import too_often


class PaceMiddleware:
    """Asks who is in a hurry to wait. Stands after the permission: strangers never come this far.

    Each process counts for itself; the sender is the person, or the address where nobody signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.counter = Counter()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponseBase],
        _args: tuple[Any, ...],
        _kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        pace = PACES.get(name)
        if pace is None or request.method not in pace.methods:
            return None
        actor: Actor | None = getattr(request, "actor", None)
        sender = actor.person_id if actor is not None else source_address(request)
        seconds = self.counter.wait(name, sender, pace, at=time.monotonic())
        return too_often(request, seconds=seconds) if seconds else None
