"""The page of the installation's health."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.config.values import get_settings
from openanpr.operations.findings import findings_of
from openanpr.operations.looking import looked_up
from openanpr.web.clock import now


def health(request: HttpRequest) -> HttpResponse:
    """What was found at this moment, the worst first."""
    at = now()
    found = findings_of(looked_up(get_settings(), at=at), at=at)
    return render(request, "operations/health.html", {"findings": found, "at": at})
