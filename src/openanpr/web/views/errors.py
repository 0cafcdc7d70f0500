"""Answers to what went wrong, in plain words; they never show a detail of the machine."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from openanpr.access.vocabulary import Role, Training
from openanpr.web.person import Person, role_names
from openanpr.web.request import request_id


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what the browser sent could not be understood."""
    return _page(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but not allowed; raised by a view (``PermissionDenied``)."""
    return refused(request, needed=frozenset())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form did not come from a page of ours, or its page was too old."""
    return _page(request, "errors/403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or nothing there that this person may know of."""
    return _page(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the fault is ours; the page carries the id under which the log has it."""
    try:
        return _page(request, "errors/500.html", status=500)
    except Exception:  # noqa: BLE001 - whatever broke the page may break its error page too
        text = f"Sorry, there is a problem with OpenANPR. Reference: {request_id(request)}\n"
        return HttpResponse(text, status=500, content_type="text/plain; charset=utf-8")


def too_often(request: HttpRequest, *, seconds: int) -> HttpResponse:
    """429: more requests than a person makes; ``seconds`` until the next is answered."""
    response = _page(request, "errors/429.html", status=429, seconds=seconds)
    response["Retry-After"] = str(seconds)
    return response


def not_ready(request: HttpRequest, *, reason: str) -> HttpResponse:
    """503: what decisions rest on is missing; ``reason`` says what, in plain words."""
    return _page(request, "errors/503.html", status=503, reason=reason)


def refused(request: HttpRequest, *, needed: frozenset[Role], reason: str = "") -> HttpResponse:
    """403 that says why: the roles that would open the page, or ``reason`` in plain words."""
    person: Person | None = getattr(request, "person", None)
    missing_training = person is not None and person.training is not Training.VALID
    return _page(
        request,
        "errors/403.html",
        status=403,
        needed=role_names(needed),
        reason=reason,
        training_missing=missing_training,
    )


def _page(request: HttpRequest, template: str, *, status: int, **context: object) -> HttpResponse:
    html = render_to_string(
        template, {"reference": request_id(request), **context}, request=request
    )
    return HttpResponse(html, status=status)
