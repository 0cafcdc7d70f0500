"""The page on which an investigation's scope is set."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.investigations.scope_forms import ScopeForm, first_values
from openanpr.investigations.services.scope import ClosedError, scope_of, set_scope
from openanpr.investigations.views.author import author_of, own_investigation
from openanpr.web.clock import now


def scope(request: HttpRequest, investigation_id: uuid.UUID) -> HttpResponse:
    """Narrow or widen what may be searched for; each change is recorded with its reason."""
    author = author_of(request)
    investigation = own_investigation(author, investigation_id, to_change=True)
    form = ScopeForm(
        request.POST if request.method == "POST" else None,
        initial=first_values(scope_of(investigation)),
    )
    if form.is_valid():
        try:
            changed = set_scope(
                author=author,
                investigation=investigation,
                scope=form.scope(),
                reason=form.cleaned_data["reason"],
                at=now(),
            )
        except ClosedError:
            messages.error(request, "The investigation was closed meanwhile.")
        else:
            messages.success(
                request, "The scope is changed." if changed else "That is the scope already."
            )
        return redirect("investigation", investigation_id=investigation.id)
    return render(
        request,
        "investigations/scope.html",
        {"form": form, "investigation": investigation},
        status=422 if form.errors else 200,
    )
