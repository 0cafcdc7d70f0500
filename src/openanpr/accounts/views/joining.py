"""People who join: their account, the link by which they take it over, their training."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from openanpr.access.vocabulary import Rank, Role
from openanpr.accounts.joiner_forms import JoinerForm, LinkForm, TrainingForm, UnitForm
from openanpr.accounts.models import User
from openanpr.accounts.services import OwnAccountError, create_account, record_training
from openanpr.accounts.services.enrolment import LASTS, issue_enrolment
from openanpr.audit.services import AuditActor
from openanpr.forces.queries import force_by_code
from openanpr.forces.services import create_unit
from openanpr.web.clock import now
from openanpr.web.request import require_actor


def join(request: HttpRequest) -> HttpResponse:
    """Make an account without any role, and show its one-time link."""
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
        return _link(request, user, issue_enrolment(user=user, by=by, at=at, reason="joined"))
    context = {"form": form, "title": "Add a person", "button": "Add"}
    return _page(request, context, form)


def new_link(request: HttpRequest, user_id: int) -> HttpResponse:
    """A fresh link for somebody who lost the first one, or their password."""
    user = get_object_or_404(User, pk=user_id, is_active=True)
    form = LinkForm(request.POST or None)
    if form.is_valid():
        try:
            code = issue_enrolment(
                user=user, by=_manager(request), at=now(), reason=form.cleaned_data["reason"]
            )
        except OwnAccountError:
            return _own(request, user)
        return _link(request, user, code)
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
    user = get_object_or_404(User, pk=user_id, is_active=True)
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


def _link(request: HttpRequest, user: User, code: str) -> HttpResponse:
    """The link, once: it is kept nowhere, so there is no address to come back to."""
    address = f"{settings.SETTINGS.web_origin}{reverse('accounts_enrol')}"
    context = {
        "account": user,
        "link": f"{address}?{urlencode({'code': code})}",
        "hours": int(LASTS.total_seconds()) // 3600,
    }
    return render(request, "accounts/link.html", context)


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
