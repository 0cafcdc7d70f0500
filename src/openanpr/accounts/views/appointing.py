"""Proposals of one person for another: listed, looked at, confirmed or refused."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from openanpr.access.explain import explain
from openanpr.access.vocabulary import Role
from openanpr.accounts.models import AccountProposal, User
from openanpr.accounts.services.appointing import (
    AlreadyAnsweredError,
    Appointed,
    Wanted,
    appoint,
    confirm,
    decline,
    is_open,
    wanted_by,
)
from openanpr.accounts.services.enrolment import LASTS
from openanpr.accounts.services.identities import IdentityTakenError
from openanpr.accounts.services.rights import RolesConflictError
from openanpr.accounts.step_up import after_step_up
from openanpr.audit.services import AuditActor
from openanpr.policy.queries import profile_in_force
from openanpr.web.clock import now
from openanpr.web.request import require_actor

SHOWN = 50
CONFLICT = "{name} holds a role that nobody may hold together with this one. End that role first."


class AnswerForm(forms.Form):
    """Why a proposal is confirmed, refused or withdrawn."""

    reason = forms.CharField(
        label="Your reason",
        max_length=500,
        help_text="How you made sure that it is right. The auditor reads it",
        error_messages={"required": "Give your reason"},
    )


def proposals(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, and what was answered lately; of one's own force."""
    at = now()
    found = AccountProposal.objects.select_related("user").filter(
        user__force__code=require_actor(request).force
    )
    open_ones = [one for one in found.filter(state="proposed") if is_open(one, at=at)]
    answered = found.exclude(state="proposed").order_by("-answered_at")[:SHOWN]
    return render(
        request,
        "accounts/proposals.html",
        {
            "waiting": [(one, wanted_by(one).words) for one in open_ones],
            "answered": [(one, wanted_by(one).words) for one in answered],
        },
    )


@after_step_up
def proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """One proposal, and the answer to it."""
    actor = require_actor(request)
    found = get_object_or_404(
        AccountProposal.objects.select_related("user__force"),
        pk=proposal_id,
        user__force__code=actor.force,
    )
    form = AnswerForm(request.POST if request.method == "POST" else None)
    refusal: tuple[str, ...] = ()
    if form.is_valid():
        answer = _answer(request, found, form.cleaned_data["reason"])
        if isinstance(answer, HttpResponse):
            return answer
        refusal = answer
    context = {
        "proposal": found,
        "words": wanted_by(found).words,
        "open": is_open(found, at=now()),
        "own": found.proposed_by == actor.person_id,
        "form": form,
        "refusal": refusal,
    }
    status = 403 if refusal else (422 if form.errors else 200)
    return render(request, "accounts/proposal.html", context, status=status)


def want(request: HttpRequest, wanted: Wanted, *, done: str) -> HttpResponse:
    """Do or propose it, and show what came of it on the page of the account."""
    at = now()
    try:
        said = appoint(actor=require_actor(request), by=author(request), wanted=wanted, at=at)
    except IdentityTakenError:
        messages.error(request, "Another account is linked to this identity.")
        return redirect("accounts_detail", user_id=wanted.user.pk)
    except RolesConflictError:
        messages.error(request, CONFLICT.format(name=wanted.user.full_name))
        return redirect("accounts_detail", user_id=wanted.user.pk)
    if not said.decision.allowed:
        for line in explain(said.decision, profile=profile_in_force(at=at)):
            messages.error(request, line)
    elif said.proposal is not None:
        messages.success(request, f"Proposed: {wanted.words}. Another person must confirm it.")
    elif said.code is not None:
        return link(request, wanted.user, said.code)
    else:
        messages.success(request, done)
    return redirect("accounts_detail", user_id=wanted.user.pk)


def link(request: HttpRequest, user: User, code: str) -> HttpResponse:
    """The link, once: it is kept nowhere, so there is no address to come back to."""
    address = f"{settings.SETTINGS.web_origin}{reverse('accounts_enrol')}"
    context = {
        "account": user,
        "link": f"{address}?{urlencode({'code': code})}",
        "hours": int(LASTS.total_seconds()) // 3600,
    }
    return render(request, "accounts/link.html", context)


def author(request: HttpRequest) -> AuditActor:
    """Who acts, in the role by which they may."""
    roles = require_actor(request).roles
    role = Role.SYSTEM_MANAGER if Role.SYSTEM_MANAGER in roles else Role.DATA_PROTECTION_OFFICER
    assert isinstance(request.user, User), "the middleware lets nobody else through"  # noqa: S101
    return AuditActor.person(request.user, role)


def _answer(
    request: HttpRequest, found: AccountProposal, reason: str
) -> HttpResponse | tuple[str, ...]:
    """Where to go on, or why not."""
    at = now()
    try:
        if request.POST.get("answer") != "confirm":
            decline(by=author(request), proposal=found, reason=reason, at=at)
            messages.success(request, "The proposal is ended. Nothing was changed.")
            return redirect("accounts_proposals")
        said = confirm(
            actor=require_actor(request), by=author(request), proposal=found, reason=reason, at=at
        )
    except AlreadyAnsweredError:
        messages.error(request, "This proposal was answered before, or is too old.")
        return redirect("accounts_proposals")
    except IdentityTakenError:
        return ("Another account is linked to this identity.",)
    except RolesConflictError:
        return (CONFLICT.format(name=found.user.full_name),)
    return _confirmed(request, found, said)


def _confirmed(
    request: HttpRequest, found: AccountProposal, said: Appointed
) -> HttpResponse | tuple[str, ...]:
    if not said.decision.allowed:
        return explain(said.decision, profile=profile_in_force(at=now()))
    if said.code is not None:
        return link(request, found.user, said.code)
    messages.success(request, f"Done for {found.user.full_name}: {wanted_by(found).words}.")
    return redirect("accounts_proposals")
