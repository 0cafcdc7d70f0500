"""Who is in an investigation's team."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.investigations.forms import MemberForm
from openanpr.investigations.queries import team_of
from openanpr.investigations.services.investigations import add_member, remove_member
from openanpr.investigations.views.author import author_of, own_investigation
from openanpr.web.clock import now


def add(request: HttpRequest, investigation_id: uuid.UUID) -> HttpResponse:
    """Take somebody into the team."""
    author = author_of(request)
    investigation = own_investigation(author, investigation_id, to_change=True)
    form = MemberForm(request.POST if request.method == "POST" else None, force=author.actor.force)
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data["user"]
        added = add_member(author=author, investigation=investigation, user=user, at=now())
        messages.success(
            request, "They are in the team." if added else "They were in the team already."
        )
        return redirect("investigation", investigation_id=investigation.id)
    return render(
        request,
        "investigations/add_member.html",
        {"form": form, "investigation": investigation},
        status=422 if form.errors else 200,
    )


def remove(request: HttpRequest, investigation_id: uuid.UUID) -> HttpResponse:
    """Take somebody out of the team."""
    author = author_of(request)
    investigation = own_investigation(author, investigation_id, to_change=True)
    member = team_of(investigation).filter(user__username=request.POST.get("user", "")).first()
    if member is None:
        raise Http404
    if team_of(investigation).count() == 1:
        messages.error(request, "Somebody must stay in the team. Close the investigation instead.")
        return redirect("investigation", investigation_id=investigation.id)
    remove_member(author=author, investigation=investigation, user=member.user, at=now())
    messages.success(request, "They are no longer in the team.")
    if member.user.person_id == author.actor.person_id:
        return redirect("investigations")
    return redirect("investigation", investigation_id=investigation.id)
