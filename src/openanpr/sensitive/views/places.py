"""The sensitive places: what holds, what waits, entering one and ending one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.accounts.models import User
from openanpr.audit.services import AuditActor
from openanpr.policy.queries import profile_in_force
from openanpr.sensitive import services
from openanpr.sensitive.forms import EndForm, PlaceForm
from openanpr.sensitive.models import SensitivePlace
from openanpr.sensitive.queries import in_force, waiting
from openanpr.sensitive.vocabulary import KEEPING, KIND_NAMES
from openanpr.web.clock import now
from openanpr.web.request import require_actor


def index(request: HttpRequest) -> HttpResponse:
    """What holds now, what waits for a second person, and what the rules say."""
    at = now()
    return render(
        request,
        "sensitive/index.html",
        {
            "places": in_force(at=at),
            "waiting": waiting(),
            "person_id": require_actor(request).person_id,
            "rules": profile_in_force(at=at).near,
            "names": {kind.value: name for kind, name in KIND_NAMES.items()},
        },
    )


def new(request: HttpRequest) -> HttpResponse:
    """Enter a place, for another person to confirm."""
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.propose(place=form.place(), by=_author(request), at=now())
        messages.success(request, "The place is entered. Another person confirms it.")
        return redirect("sensitive_places")
    return render(request, "sensitive/new.html", {"form": form}, status=422 if form.errors else 200)


def end(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Ask to end a place."""
    place = SensitivePlace.objects.filter(id=place_id, ended_at=None).first()
    if place is None:
        raise Http404
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = services.ask_to_end(
            place_id=place_id, by=_author(request), reason=form.cleaned_data["reason"], at=now()
        )
        return _said(request, done, "Noted. Another person agrees before it ends.")
    context = {"form": form, "place": place}
    return render(request, "sensitive/end.html", context, status=422 if form.errors else 200)


def answer(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Confirm a place, or agree to its end or not, as the second person."""
    said = request.POST.get("answer")
    by, at = _author(request), now()
    try:
        if said == "confirm":
            done = services.confirm(place_id=place_id, by=by, at=at)
            return _said(request, done, "The place is in force.")
        if said in {"agree", "keep"}:
            done = services.answer_end(place_id=place_id, agree=said == "agree", by=by, at=at)
            return _said(request, done, "It has ended." if said == "agree" else "It stays.")
    except SensitivePlace.DoesNotExist:
        raise Http404 from None
    messages.error(request, "Choose an answer.")
    return redirect("sensitive_places")


def _said(
    request: HttpRequest, done: SensitivePlace | services.Refused, sentence: str
) -> HttpResponse:
    if isinstance(done, services.Refused):
        messages.error(request, done.reason)
    else:
        messages.success(request, sentence)
    return redirect("sensitive_places")


def _author(request: HttpRequest) -> services.Author:
    user, actor = request.user, require_actor(request)
    if not isinstance(user, User):
        raise PermissionError("a sensitive place was changed by nobody who is signed in")
    role = min(actor.roles & KEEPING)
    return services.Author(
        person_id=user.person_id, name=user.full_name, acting=AuditActor.person(user, role)
    )
