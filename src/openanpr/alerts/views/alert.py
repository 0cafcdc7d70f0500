"""The page of one alert: look, check the picture, say what came of it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.access.decisions import Decision
from openanpr.access.explain import explain
from openanpr.access.vocabulary import Reason
from openanpr.alerts.forms import CheckForm, OutcomeForm
from openanpr.alerts.pictures import pictures_of
from openanpr.alerts.presenters import page_of
from openanpr.alerts.queries import (
    ShownAlert,
    find_alert,
    hits_of,
    newest_check,
    outcome_of,
    responses_to,
    shown_to,
    told_of,
)
from openanpr.alerts.services.handling import (
    Handling,
    UnableToRecordOutcome,
    check_picture,
    open_alert,
    record_outcome,
)
from openanpr.alerts.views.requests import requester, signed_in_user
from openanpr.alerts.vocabulary import (
    OUTCOME_HINTS,
    OUTCOME_NAMES,
    WITHOUT_THE_MARK,
    AlertState,
    Outcome,
)
from openanpr.policy.queries import profile_in_force
from openanpr.web.clock import now
from openanpr.web.request import require_actor
from openanpr.web.views.errors import refused


def alert_page(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Show the alert, and note that this officer has seen it."""
    return _page(request, alert_id, check=CheckForm(), outcome=OutcomeForm())


def alert_pictures(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """The pictures alone, for a page that was opened before they arrived."""
    at = now()
    alert = find_alert(alert_id)
    shown = alert and shown_to(
        alert, actor=require_actor(request), profile=profile_in_force(at=at), at=at
    )
    if alert is None or shown is None:
        raise Http404
    pictures = pictures_of(alert, user=signed_in_user(request), at=at)
    return render(request, "alerts/pictures.html", {"pictures": pictures, "alert_id": alert_id})


def answer_check(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Take the answer about the picture."""
    form = CheckForm(request.POST)
    if not form.is_valid():
        return _page(request, alert_id, check=form, outcome=OutcomeForm(), status=422)
    handling = check_picture(
        alert_id=alert_id,
        by=requester(request),
        at=now(),
        says_same=form.cleaned_data["says_same"],
    )
    return _after(request, alert_id, handling, said="Your check of the picture was recorded.")


def answer_outcome(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Take what came of the alert."""
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, alert_id, check=CheckForm(), outcome=form, status=422)
    try:
        handling = record_outcome(
            alert_id=alert_id,
            by=requester(request),
            at=now(),
            outcome=Outcome(form.cleaned_data["outcome"]),
            note=form.cleaned_data["note"],
        )
    except UnableToRecordOutcome as problem:
        form.add_error(None, str(problem))
        return _page(request, alert_id, check=CheckForm(), outcome=form, status=409)
    return _after(request, alert_id, handling, said="The outcome was recorded.")


def _after(
    request: HttpRequest, alert_id: UUID, handling: Handling | None, *, said: str
) -> HttpResponse:
    if handling is None:
        raise Http404
    if not handling:
        return refusal(request, handling.decision)
    messages.success(request, said)
    return redirect("alert", alert_id=alert_id)


def _page(
    request: HttpRequest,
    alert_id: UUID,
    *,
    check: CheckForm,
    outcome: OutcomeForm,
    status: int = 200,
) -> HttpResponse:
    at = now()
    handling = open_alert(alert_id=alert_id, by=requester(request), at=at)
    if handling is None:
        raise Http404
    if handling.alert is None:
        return refusal(request, handling.decision)
    shown = ShownAlert(handling.alert, handling.with_place)
    context = _context(request, shown)
    context |= {
        "page": page_of(
            shown,
            hits=hits_of(handling.alert),
            at=at,
            limit_kmh=settings.SETTINGS.impossible_speed_kmh,
        ),
        "pictures": pictures_of(handling.alert, user=signed_in_user(request), at=at),
        "check_form": check,
        "outcome_form": outcome,
    }
    return render(request, "alerts/alert.html", context, status=status)


def _context(request: HttpRequest, shown: ShownAlert) -> dict[str, Any]:
    alert = shown.alert
    answered = newest_check(alert, user_id=signed_in_user(request).pk)
    offered = [
        outcome for outcome in Outcome if answered and _fits(outcome, same=answered.says_same)
    ]
    return {
        "closed": alert.state == AlertState.CLOSED,
        "check": answered,
        "outcome": outcome_of(alert),
        "outcome_names": OUTCOME_NAMES,
        "responses": responses_to(alert),
        "told": told_of(alert),
        "units": alert.routed_units,
        "offered": [(one.value, OUTCOME_NAMES[one], OUTCOME_HINTS[one]) for one in offered],
    }


def _fits(outcome: Outcome, *, same: bool) -> bool:
    return same or outcome in WITHOUT_THE_MARK


def refusal(request: HttpRequest, decision: Decision) -> HttpResponse:
    """403 with the policy's reasons in words; 404 where not even its being there is told."""
    if Reason.COVERT_ENTRY in decision.reasons:
        raise Http404  # even its being there is not for this person
    sentences = explain(decision, profile=profile_in_force(at=now()))
    return refused(request, needed=frozenset(), reason=" ".join(sentences))
