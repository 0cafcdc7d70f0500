"""People who join: their account, the link by which they take it over, their training."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from openanpr.access.vocabulary import Appointment, Rank, Role
from openanpr.accounts.joiner_forms import JoinerForm, LinkForm, TrainingForm, UnitForm
from openanpr.accounts.models import User
from openanpr.accounts.services import OwnAccountError, create_account, record_training
from openanpr.accounts.services.appointing import Wanted
from openanpr.accounts.step_up import after_step_up
from openanpr.accounts.views.appointing import want
from openanpr.audit.services import AuditActor
from openanpr.forces.queries import force_by_code
from openanpr.forces.services import create_unit
from openanpr.web.clock import now
from openanpr.web.request import require_actor


@after_step_up
def join(request: HttpRequest) -> HttpResponse:
    """Make an account without any role, and have its one-time link issued."""
    actor = require_actor(request)
    form = JoinerForm(request.POST or None, force=actor.force, own_person_id=actor.person_id)
    if form.is_valid():
        values = form.cleaned_data
        by, at = _manager(request), now()
        unit = values["unit"]
        user = create_account(
            **{**values, "rank": Rank(values["rank"])},
            password=None,
            force=unit.force,
            by=by,
            at=at,
        )
        wanted = Wanted(act=Appointment.LINK, user=user, reason="joined")
        return want(request, wanted, done="")
    context = {"form": form, "title": "Add a person", "button": "Add"}
    return _page(request, context, form)


@after_step_up
def new_link(request: HttpRequest, user_id: int) -> HttpResponse:
    """A fresh link for somebody who lost the first one, or their password."""
    user = get_object_or_404(
        User, pk=user_id, is_active=True, force__code=require_actor(request).force
    )
    form = LinkForm(request.POST or None)
    if form.is_valid():
        reason: str = form.cleaned_data["reason"]
        return want(request, Wanted(act=Appointment.LINK, user=user, reason=reason), done="")
    title = f"A new one-time link for {user.full_name}"
    return _page(request, {"form": form, "title": title, "button": "Make link"}, form)


def add_unit(request: HttpRequest) -> HttpResponse:
    """A new unit of one's own force."""
    form = UnitForm(request.POST or None)
    force = force_by_code(require_actor(request).force)
    if form.is_valid() and force is not None:
        try:
            create_unit(force=force, by=_manager(request), at=now(), **form.cleaned_data)
        except ValidationError:
            form.add_error("name", "The force has a unit of this name")
        else:
            messages.success(request, f"The unit {form.cleaned_data['name']} is added.")
            return redirect("accounts_list")
    return _page(request, {"form": form, "title": "Add a unit", "button": "Add"}, form)


def train(request: HttpRequest, user_id: int) -> HttpResponse:
    """Record the ANPR course that somebody passed."""
    user = get_object_or_404(
        User, pk=user_id, is_active=True, force__code=require_actor(request).force
    )
    form = TrainingForm(request.POST or None, at=now())
    if form.is_valid():
        try:
            record_training(user=user, by=_manager(request), at=now(), **form.cleaned_data)
        except OwnAccountError:
            return _own(request, user)
        messages.success(request, f"The training of {user.full_name} is recorded.")
        return redirect("accounts_detail", user_id=user.pk)
    title = f"Record the ANPR training of {user.full_name}"
    return _page(request, {"form": form, "title": title, "button": "Record"}, form)


def _page(
    request: HttpRequest,
    context: dict[str, object],
    form: JoinerForm | LinkForm | TrainingForm | UnitForm,
) -> HttpResponse:
    return render(request, "accounts/joining.html", context, status=422 if form.errors else 200)


def _own(request: HttpRequest, user: User) -> HttpResponse:
    messages.error(request, "Another person must do this: it concerns your own account.")
    return redirect("accounts_detail", user_id=user.pk)


def _manager(request: HttpRequest) -> AuditActor:
    assert isinstance(request.user, User), "the middleware lets nobody else through"  # noqa: S101
    return AuditActor.person(request.user, Role.SYSTEM_MANAGER)
