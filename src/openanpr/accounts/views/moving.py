"""The page on which somebody is moved to another posting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from openanpr.access.vocabulary import Role
from openanpr.accounts.joiner_forms import MoverForm
from openanpr.accounts.models import User
from openanpr.accounts.services import OwnAccountError
from openanpr.accounts.services.moving import move_person, open_roles
from openanpr.accounts.views.appointing import author
from openanpr.web.clock import now
from openanpr.web.person import role_names
from openanpr.web.request import require_actor


def move(request: HttpRequest, user_id: int) -> HttpResponse:
    """End the posting and begin the next one; only within one's own force."""
    actor, at = require_actor(request), now()
    user = get_object_or_404(
        User.objects.select_related("force", "unit"),
        pk=user_id,
        is_active=True,
        force__code=actor.force,
    )
    roles = [Role(one.role) for one in open_roles(user, at=at)]
    form = MoverForm(
        request.POST if request.method == "POST" else None,
        force=actor.force,
        roles=roles,
        at=at,
        initial={"unit": user.unit_id, "rank": user.rank, "keep": [one.value for one in roles]},
    )
    if form.is_valid():
        values = form.cleaned_data
        try:
            ended = move_person(
                user=user,
                unit=values["unit"],
                rank=values["rank"],
                posting_ends_at=values["posting_ends_at"],
                keep=form.kept,
                by=author(request),
                at=at,
                reason=values["reason"],
            )
        except OwnAccountError:
            messages.error(request, "Another person must do this: it concerns your own account.")
        else:
            messages.success(request, f"{user.full_name} is posted to {user.unit.name}.")
            if ended:
                messages.info(request, f"Ended with the move: {', '.join(role_names(ended))}.")
        return redirect("accounts_detail", user_id=user.pk)
    context = {"form": form, "title": f"Move {user.full_name}", "button": "Move"}
    return render(request, "accounts/joining.html", context, status=422 if form.errors else 200)
