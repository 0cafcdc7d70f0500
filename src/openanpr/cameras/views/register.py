"""The register of cameras, and taking one out of service or back into it."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from openanpr.audit.services import AuditActor
from openanpr.cameras.forms import ReasonForm
from openanpr.cameras.presenters import camera_line, camera_lines
from openanpr.cameras.queries import cameras_known_to
from openanpr.cameras.services import MoveRefused, change_state
from openanpr.cameras.vocabulary import CameraState
from openanpr.web.clock import now
from openanpr.web.request import request_id, require_actor

KEEPING: Final = frozenset({Role.CAMERA_MANAGER})


def camera_list(request: HttpRequest) -> HttpResponse:
    """Every camera with its state and when it was last heard of."""
    actor = require_actor(request)
    lines = camera_lines(
        cameras_known_to(covert=actor.covert_right),
        with_location=actor.location_right,
        at=now(),
    )
    return render(
        request,
        "cameras/list.html",
        {
            "cameras": lines,
            "worried": [line for line in lines if line.worries],
            "with_location": actor.location_right,
            "may_change": bool(actor.roles & KEEPING),
        },
    )


def suspend(request: HttpRequest, camera_id: int) -> HttpResponse:
    """Take a live camera out of service: nothing that it reads is stored from then on."""
    return _change(request, camera_id, CameraState.SUSPENDED)


def go_live(request: HttpRequest, camera_id: int) -> HttpResponse:
    """Put an approved or suspended camera into service."""
    return _change(request, camera_id, CameraState.LIVE)


def retire(request: HttpRequest, camera_id: int) -> HttpResponse:
    """Take a camera out of service for ever; what it stored stays until its retention."""
    return _change(request, camera_id, CameraState.RETIRED)


def _change(request: HttpRequest, camera_id: int, to: CameraState) -> HttpResponse:
    known = cameras_known_to(covert=require_actor(request).covert_right)
    camera = known.filter(id=camera_id).first()
    if camera is None:
        raise Http404
    line = camera_line(camera, with_location=require_actor(request).location_right, at=now())
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        moved = change_state(
            camera_id=camera_id,
            to=to,
            actor=_acting(request),
            reason=form.cleaned_data["reason"],
            at=now(),
            request_id=request_id(request),
            person=require_actor(request),
        )
        if not isinstance(moved, MoveRefused):
            messages.success(request, f"{line.name} is {to.value}.")
            return redirect("cameras")
        form.add_error(None, moved.reason)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "cameras/change.html", {"form": form, "camera": line, "to": to}, status=status
    )


def _acting(request: HttpRequest) -> AuditActor:
    user = request.user
    if not isinstance(user, User):
        raise PermissionError("the register was changed by nobody who is signed in")
    return AuditActor.person(user, Role.CAMERA_MANAGER)
