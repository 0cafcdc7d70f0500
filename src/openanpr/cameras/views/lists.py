"""The register in and out as a file, one camera by hand, and the map: with the location right."""

from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.access.facts import Actor
from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from openanpr.audit.services import AuditActor, record_event
from openanpr.cameras.files import RegisterFileError, rows_of, written
from openanpr.cameras.forms import CameraForm, ImportForm, ReasonForm
from openanpr.cameras.lines import COLUMNS
from openanpr.cameras.queries import cameras_known_to
from openanpr.cameras.services import CameraRefusedError
from openanpr.cameras.services.importing import Fate, Judged, apply_lines, judge_lines
from openanpr.web.clock import now
from openanpr.web.maps import MapPoint, points
from openanpr.web.request import require_actor

_SALT: Final = "openanpr.cameras.import"
_ANSWER_WITHIN_S: Final = 3600


def enter(request: HttpRequest) -> HttpResponse:
    """Enter one camera, as proposed."""
    actor, user = _knowing(request)
    form = CameraForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        (one,) = judge_lines([form.cells()], covert=actor.covert_right)
        problems = one.problems
        if one.fate in {Fate.SAME, Fate.CHANGED}:
            problems = ("A camera with these numbers is in the register already.",)
        if not problems:
            problems = _apply([one], actor, user, form.cleaned_data["reason"])
        if not problems:
            messages.success(request, f"Camera {one.key} is entered as proposed.")
            return redirect("cameras")
        for problem in problems:
            form.add_error(None, problem)
    status = 422 if form.is_bound else 200
    return render(request, "cameras/enter.html", {"form": form}, status=status)


def bring(request: HttpRequest) -> HttpResponse:
    """A register as a file: read and judged first, written once that was looked at."""
    actor, user = _knowing(request)
    if "held" in request.POST:
        return _write(request, actor, user)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            rows = rows_of(form.cleaned_data["file"].read())
        except RegisterFileError as error:
            form.add_error("file", str(error))
        else:
            return _preview(request, actor, user, rows, form.cleaned_data["reason"])
    status = 422 if form.is_bound else 200
    return render(request, "cameras/bring.html", {"form": form, "columns": COLUMNS}, status=status)


def export(request: HttpRequest) -> HttpResponse:
    """The register with its places as a CSV file."""
    actor, user = _knowing(request)
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "cameras/export.html", {"form": form}, status=status)
    cameras = list(cameras_known_to(covert=actor.covert_right))
    record_event(
        verb="register.export",
        actor=AuditActor.person(user, Role.CAMERA_MANAGER),
        at=now(),
        reason=form.cleaned_data["reason"],
        payload={"cameras": len(cameras)},
    )
    return HttpResponse(
        written(cameras, at=now()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="cameras.csv"'},
    )


def camera_map(request: HttpRequest) -> HttpResponse:
    """The cameras on a map, and in a table after it."""
    actor, user = _knowing(request)
    cameras = [one for one in cameras_known_to(covert=actor.covert_right) if one.site]
    record_event(
        verb="register.map",
        actor=AuditActor.person(user, _role(actor)),
        at=now(),
        payload={"cameras": len(cameras)},
    )
    places = [
        MapPoint(
            label=f"{one.name} ({one.state})",
            latitude=one.site.latitude,
            longitude=one.site.longitude,
            href=f"/cameras/{one.id}/",
        )
        for one in cameras
        if one.site
    ]
    rows = [(one.name, one.site.name, one.area_name, one.state) for one in cameras if one.site]
    return render(request, "cameras/map.html", {"points": points(places), "rows": rows})


def _knowing(request: HttpRequest) -> tuple[Actor, User]:
    """The person, who has the right to locations; to everybody else the page is refused."""
    actor = require_actor(request)
    if not actor.location_right or not isinstance(request.user, User):
        raise PermissionDenied
    return actor, request.user


def _role(actor: Actor) -> str:
    held = [role for role in Role if role in actor.roles]
    return Role.CAMERA_MANAGER if Role.CAMERA_MANAGER in held else (held[0] if held else "")


def _preview(
    request: HttpRequest, actor: Actor, user: User, rows: list[dict[str, str]], reason: str
) -> HttpResponse:
    judged = judge_lines(rows, covert=actor.covert_right)
    held = signing.dumps([user.pk, reason, rows], salt=_SALT, compress=True)
    return render(request, "cameras/preview.html", {**_shown(judged), "held": held})


def _shown(judged: list[Judged]) -> dict[str, Any]:
    return {
        "wrong": [one for one in judged if one.fate is Fate.WRONG],
        "new": [one for one in judged if one.fate is Fate.NEW],
        "changed": [one for one in judged if one.fate is Fate.CHANGED],
        "same": sum(one.fate is Fate.SAME for one in judged),
        "lines": len(judged),
    }


def _write(request: HttpRequest, actor: Actor, user: User) -> HttpResponse:
    try:
        account, reason, rows = signing.loads(
            request.POST["held"], salt=_SALT, max_age=_ANSWER_WITHIN_S
        )
    except signing.BadSignature:
        account, reason, rows = None, "", []
    if account != user.pk:
        messages.error(request, "The preview is too old. Bring the file again.")
        return redirect("cameras_import")
    judged = judge_lines(rows, covert=actor.covert_right)
    problems = _apply(judged, actor, user, reason)
    if problems:
        messages.error(request, " ".join(problems))
        return redirect("cameras_import")
    done = sum(one.fate in {Fate.NEW, Fate.CHANGED} for one in judged)
    messages.success(request, f"{done} lines were written.")
    return redirect("cameras")


def _apply(judged: list[Judged], actor: Actor, user: User, reason: str) -> tuple[str, ...]:
    try:
        apply_lines(
            judged,
            actor=AuditActor.person(user, Role.CAMERA_MANAGER),
            person=actor,
            force=user.force,
            reason=reason,
            at=now(),
        )
    except CameraRefusedError as refused:
        return (refused.reason,)
    return ()
