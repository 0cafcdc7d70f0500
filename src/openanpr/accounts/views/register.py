"""The register of accounts: system managers give and end roles; it opens no read to them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from openanpr.access.vocabulary import Appointment, Role
from openanpr.accounts.forms import ReasonForm
from openanpr.accounts.models import RoleHeld, TrainingRecord, User
from openanpr.accounts.queries import standing_of
from openanpr.accounts.services import (
    OwnAccountError,
    deactivate_account,
    end_role,
    lapse_training,
)
from openanpr.accounts.services.appointing import Wanted, is_open, wanted_by
from openanpr.accounts.step_up import after_step_up
from openanpr.accounts.views.appointing import want
from openanpr.audit.services import AuditActor
from openanpr.web.clock import now
from openanpr.web.person import ROLE_NAMES, role_names
from openanpr.web.request import require_actor

PAGE_SIZE = 50


class RoleForm(forms.Form):
    """Which role to give."""

    role = forms.ChoiceField(
        label="Role",
        choices=[(role.value, ROLE_NAMES[role]) for role in Role],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role"},
    )
    reason = forms.CharField(
        label="Reason",
        max_length=500,
        required=False,
        help_text="Needed for roles that two people give",
    )


def accounts(request: HttpRequest) -> HttpResponse:
    """Every account of the force with posting, roles and training."""
    force = require_actor(request).force
    found = User.objects.filter(force__code=force).select_related("force", "unit")
    users = found.order_by("full_name", "username")
    page = Paginator(users, PAGE_SIZE).get_page(request.GET.get("page"))
    at = now()
    rows = [(user, standing_of(user, at=at)) for user in page]
    shown = [(user, standing, role_names(standing.roles)) for user, standing in rows]
    return render(request, "accounts/list.html", {"page": page, "rows": shown})


def account(request: HttpRequest, user_id: int) -> HttpResponse:
    """One account: what it holds and held."""
    user = _account(request, user_id)
    at = now()
    held = [
        (one, ROLE_NAMES[Role(one.role)], one.valid_to is None or at < one.valid_to)
        for one in user.roles_held.all()
    ]
    training = [(one, at < one.expires_at) for one in user.training_records.all()]
    return render(
        request,
        "accounts/detail.html",
        {
            "account": user,
            "held": held,
            "training": training,
            "identity": user.identities.filter(ended_at__isnull=True).first(),
            "waiting": [
                (one, wanted_by(one).words)
                for one in user.proposals.filter(state="proposed").select_related("user")
                if is_open(one, at=at)
            ],
            "provider": settings.SETTINGS.oidc_issuer,
        },
    )


@after_step_up
def give(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give a role from now on."""
    user = _account(request, user_id)
    form = RoleForm(request.POST or None)
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        reason: str = form.cleaned_data["reason"]
        wanted = Wanted(act=Appointment.ROLE, user=user, role=role, reason=reason)
        return want(
            request, wanted, done=f"{user.full_name} now holds the role {ROLE_NAMES[role]}."
        )
    context = {"form": form, "account": user, "title": f"Give {user.full_name} a role"}
    return render(request, "accounts/change.html", {**context, "button": "Give role"})


def end(request: HttpRequest, held_id: int) -> HttpResponse:
    """End a role now."""
    held = get_object_or_404(
        RoleHeld.objects.select_related("user"),
        pk=held_id,
        user__force__code=require_actor(request).force,
    )
    name = ROLE_NAMES[Role(held.role)]
    return _with_reason(
        request,
        held.user,
        title=f"End the role {name} of {held.user.full_name}",
        button="End role",
        done=f"The role {name} of {held.user.full_name} has ended.",
        change=lambda by, reason: end_role(held=held, by=by, at=now(), reason=reason),
    )


def lapse(request: HttpRequest, record_id: int) -> HttpResponse:
    """End a training before its time."""
    record = get_object_or_404(
        TrainingRecord.objects.select_related("user"),
        pk=record_id,
        user__force__code=require_actor(request).force,
    )
    return _with_reason(
        request,
        record.user,
        title=f"End the training {record.course} of {record.user.full_name}",
        button="End training",
        done=f"The training {record.course} of {record.user.full_name} has ended.",
        change=lambda by, reason: lapse_training(record=record, by=by, at=now(), reason=reason),
    )


def close(request: HttpRequest, user_id: int) -> HttpResponse:
    """Close an account with all its roles."""
    user = _account(request, user_id)
    return _with_reason(
        request,
        user,
        title=f"Close the account of {user.full_name}",
        button="Close account",
        done=f"The account of {user.full_name} is closed.",
        change=lambda by, reason: deactivate_account(user=user, by=by, at=now(), reason=reason),
    )


@after_step_up
def reset_factor(request: HttpRequest, user_id: int) -> HttpResponse:
    """Take a lost second factor away."""
    user = _account(request, user_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason: str = form.cleaned_data["reason"]
        wanted = Wanted(act=Appointment.SECOND_FACTOR, user=user, reason=reason)
        done = f"{user.full_name} sets up a new second factor at the next sign-in."
        return want(request, wanted, done=done)
    title = f"Take away the second factor of {user.full_name}"
    context = {"form": form, "account": user, "title": title, "button": "Take away"}
    return render(request, "accounts/change.html", context)


class IdentityForm(ReasonForm):
    """Who somebody is at the force's own sign-in."""

    identity = forms.CharField(
        label="Identity", max_length=255, help_text="As the force's own sign-in writes it"
    )
    field_order = ("identity", "reason")


@after_step_up
def link_identity(request: HttpRequest, user_id: int) -> HttpResponse:
    """Let somebody come in by the force's own sign-in."""
    user = _account(request, user_id)
    if not settings.SETTINGS.oidc_issuer:
        raise Http404
    form = IdentityForm(request.POST or None)
    if form.is_valid():
        wanted = Wanted(act=Appointment.IDENTITY, user=user, **form.cleaned_data)
        return want(request, wanted, done=f"{user.full_name} can use the force's own sign-in.")
    title = f"Link {user.full_name} to the force's own sign-in"
    context = {"form": form, "account": user, "title": title, "button": "Link"}
    return render(request, "accounts/change.html", context)


def _account(request: HttpRequest, user_id: int) -> User:
    """An account of the manager's own force; those of others do not exist for them."""
    found = User.objects.select_related("force", "unit")
    return get_object_or_404(found, pk=user_id, force__code=require_actor(request).force)


def _with_reason(
    request: HttpRequest,
    user: User,
    *,
    title: str,
    button: str,
    done: str,
    change: Callable[[AuditActor, str], object],
) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason: str = form.cleaned_data["reason"]
        return _done(request, user, done, lambda by: change(by, reason))
    context: dict[str, Any] = {"form": form, "account": user, "title": title, "button": button}
    return render(request, "accounts/change.html", context)


def _done(
    request: HttpRequest, user: User, done: str, change: Callable[[AuditActor], object]
) -> HttpResponse:
    assert isinstance(request.user, User), "the middleware lets nobody else through"  # noqa: S101
    try:
        change(AuditActor.person(request.user, Role.SYSTEM_MANAGER))
    except OwnAccountError:
        messages.error(request, "Another person must do this: it concerns your own account.")
    else:
        messages.success(request, done)
    return redirect("accounts_detail", user_id=user.pk)
