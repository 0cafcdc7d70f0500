"""The answer to somebody who gave too many wrong passwords or codes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(
    request: HttpRequest,
    _original: HttpResponse | None = None,
    _credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """429 with the way out. The same for a user name that does not exist."""
    return render(request, "account/locked.html", status=429)
