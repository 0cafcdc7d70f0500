"""One camera: how it stands, what gives it authority, and everything that was done to it."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from openanpr.audit.services import AuditActor
from openanpr.cameras.forms import ReasonForm
from openanpr.cameras.models import Camera
from openanpr.cameras.presenters import camera_line
from openanpr.cameras.queries import cameras_known_to
from openanpr.cameras.records import authority_lines, step_lines
from openanpr.cameras.services import AuthorityRefused, withdraw_authority
from openanpr.web.clock import now
from openanpr.web.request import require_actor

STOPPING: Final = frozenset({Role.AUTHORISER, Role.DATA_PROTECTION_OFFICER})


def camera_detail(request: HttpRequest, camera_id: int) -> HttpResponse:
    """The camera with its authority and its history."""
    actor = require_actor(request)
    camera = known_camera(request, camera_id)
    return render(
        request,
        "cameras/detail.html",
        {
            "camera": camera_line(camera, with_location=actor.location_right, at=now()),
            "direction": camera.direction,
            "row_lanes": camera.lanes,
            "row_view": camera.view if actor.location_right else "",
            "owner": camera.owner,
            "shared_with": camera.shared_with,
            "steps": step_lines(camera),
            "authorities": authority_lines(camera),
            "may_change": Role.CAMERA_MANAGER in actor.roles,
            "may_stop": bool(actor.roles & STOPPING),
        },
    )


def withdraw(request: HttpRequest, camera_id: int) -> HttpResponse:
    """Take the camera's authority away: it stops that minute."""
    actor = require_actor(request)
    camera = known_camera(request, camera_id)
    line = camera_line(camera, with_location=actor.location_right, at=now())
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = withdraw_authority(
            camera_id=camera.id,
            by=_acting(request),
            person=actor,
            reason=form.cleaned_data["reason"],
            at=now(),
        )
        if not isinstance(done, AuthorityRefused):
            messages.success(request, f"The authority of {line.name} is withdrawn.")
            return redirect("camera", camera_id=camera.id)
        for reason in done.reasons:
            form.add_error(None, reason)
    status = 422 if request.method == "POST" else 200
    return render(request, "cameras/withdraw.html", {"form": form, "camera": line}, status=status)


def known_camera(request: HttpRequest, camera_id: int) -> Camera:
    """A camera that the person may know of; for everybody else there is no such page."""
    known = cameras_known_to(covert=require_actor(request).covert_right)
    camera = known.filter(id=camera_id).first()
    if camera is None:
        raise Http404
    return camera


def _acting(request: HttpRequest) -> AuditActor:
    user, roles = request.user, require_actor(request).roles
    if not isinstance(user, User):
        raise PermissionError("the register was changed by nobody who is signed in")
    role = Role.AUTHORISER if Role.AUTHORISER in roles else Role.DATA_PROTECTION_OFFICER
    return AuditActor.person(user, role)
