"""What is in force, for everybody to read."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.access.differences import settings_of
from openanpr.policy import proposals
from openanpr.policy.models import ProfileVersion
from openanpr.policy.queries import profile_in_force, profile_named
from openanpr.policy.vocabulary import CHANGING
from openanpr.web.clock import now
from openanpr.web.request import require_actor


def rules(request: HttpRequest) -> HttpResponse:
    """The profile in force in words, the versions before and after it, and open proposals."""
    at = now()
    profile = profile_in_force(at=at)
    return render(
        request,
        "policy/rules.html",
        {
            "profile": profile,
            "settings": settings_of(profile).items(),
            "versions": proposals.versions(),
            "waiting": proposals.waiting(),
            "at": at,
            "may_change": bool(CHANGING & require_actor(request).roles),
        },
    )


def version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """One version: who put it in force, when, why, and what it changed."""
    found = ProfileVersion.objects.filter(pk=version_id).first()
    if found is None:
        raise Http404
    before = proposals.in_force_before(found)
    against = profile_named(str(before)) if before else None
    changes = proposals.would_change(found.toml, against=against) if against else ()
    return render(
        request,
        "policy/version.html",
        {"version": found, "before": before, "changes": changes, "at": now()},
    )
