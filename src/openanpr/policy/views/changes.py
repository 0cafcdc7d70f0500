"""Proposing a change of the profile, seeing what it changes, confirming it as a second person."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.access.explain import explain
from openanpr.audit.actors import AuditActor, Person
from openanpr.policy import proposals, services
from openanpr.policy.forms import AnswerForm, ProposalForm
from openanpr.policy.models import ProfileProposal, ProfileVersion
from openanpr.policy.queries import profile_in_force
from openanpr.policy.vocabulary import CHANGING
from openanpr.web.clock import now
from openanpr.web.request import require_actor


def propose(request: HttpRequest) -> HttpResponse:
    """Write the new table, look at what it changes, then propose it."""
    at = now()
    newest = ProfileVersion.objects.order_by("-takes_effect_at").first()
    start = {"toml": newest.toml if newest else ""}
    form = ProposalForm(request.POST if request.method == "POST" else None, initial=start)
    changes = None
    refusal: tuple[str, ...] = ()
    if form.is_valid():
        values = form.cleaned_data
        if request.POST.get("step") == "propose":
            decision, made = services.propose_profile(
                actor=require_actor(request), by=_author(request), at=at, **values
            )
            if made is not None:
                messages.success(request, "Proposed. Another person must confirm it.")
                return redirect("policy_proposal", proposal_id=made.pk)
            refusal = explain(decision, profile=profile_in_force(at=at))
        against = profile_in_force(at=max(at, values["takes_effect_at"]))
        changes = proposals.would_change(values["toml"], against=against)
    return render(
        request,
        "policy/propose.html",
        {"form": form, "changes": changes, "refusal": refusal},
        status=403 if refusal else (422 if form.errors else 200),
    )


def proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """One proposal, what it would change, and the answer to it."""
    found = proposals.proposal_with(proposal_id)
    if found is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    refusal: tuple[str, ...] = ()
    if form.is_valid():
        try:
            refusal = _answer(request, found, form.cleaned_data["reason"])
        except services.AlreadyAnsweredError:
            messages.error(request, "Somebody answered this proposal before you.")
        if not refusal:
            return redirect("policy_rules")
    at = now()
    actor = require_actor(request)
    return render(
        request,
        "policy/proposal.html",
        {
            "proposal": found,
            "changes": proposals.would_change(found.toml, against=proposals.base_of(found, at=at))
            if found.state == "proposed"
            else (),
            "form": form,
            "refusal": refusal,
            "own": found.proposed_by == actor.person_id,
        },
        status=403 if refusal else (422 if form.errors else 200),
    )


def _answer(request: HttpRequest, found: ProfileProposal, reason: str) -> tuple[str, ...]:
    at = now()
    if request.POST.get("answer") != "confirm":
        services.decline_profile(by=_author(request), proposal=found, reason=reason, at=at)
        messages.success(request, f"The proposal {found.label} will not come into force.")
        return ()
    decision = services.confirm_profile(
        actor=require_actor(request), by=_author(request), proposal=found, reason=reason, at=at
    )
    if decision.allowed:
        messages.success(request, f"{found.label} is confirmed.")
        return ()
    return explain(decision, profile=profile_in_force(at=at))


def _author(request: HttpRequest) -> AuditActor:
    held = sorted(CHANGING & require_actor(request).roles)
    user: Person = request.user  # type: ignore[assignment]
    return AuditActor.person(user, held[0] if held else "")
