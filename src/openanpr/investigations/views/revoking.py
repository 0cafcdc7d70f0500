"""Revoking an authorisation that is in force."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.investigations import queries
from openanpr.investigations.forms import DecisionForm
from openanpr.investigations.models import AuthorisationGrant
from openanpr.investigations.services.revoking import revoke as revoke_grant
from openanpr.investigations.views.author import author_of
from openanpr.web.clock import now


def revoke(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """Take an authorisation of one's force back, with a reason that its user reads in the audit."""
    author = author_of(request)
    asked = queries.request_for(actor=author.actor, request_id=request_id)
    grant = AuthorisationGrant.objects.filter(request=asked).first() if asked else None
    if asked is None or grant is None:
        raise Http404
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if revoke_grant(author=author, grant=grant, reason=reason, at=now()):
            messages.success(request, "The authorisation is revoked.")
        else:
            messages.error(request, "The authorisation was over already.")
        return redirect("authorisations")
    return render(
        request,
        "investigations/revoke.html",
        {"form": form, "asked": asked, "grant": grant},
        status=422 if form.errors else 200,
    )
