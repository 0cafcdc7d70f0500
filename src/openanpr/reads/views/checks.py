"""The accuracy checker's page: one plate after the other; and the figures that come of it."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from openanpr.audit.origin import origin_of
from openanpr.audit.services import AuditActor, record_event
from openanpr.cameras.queries import cameras_by_id, name_of
from openanpr.reads import checks
from openanpr.reads.accuracy import accuracy_of
from openanpr.reads.checks import Checker, CheckRefused
from openanpr.reads.corrections import ReadGoneError, Tally, tallies
from openanpr.reads.links import ImageLink, image_url
from openanpr.vrm import InvalidVrm, normalise
from openanpr.web.clock import now
from openanpr.web.request import require_actor

FIGURES_OF = timedelta(days=28)


class AnswerForm(forms.Form):
    """What the plate says."""

    says = forms.CharField(
        label="What the plate says",
        help_text="Every character, as you see it",
        required=False,
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "govuk-input--width-10",
            }
        ),
    )
    unreadable = forms.BooleanField(label="It cannot be read", required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        says, unreadable = values.get("says", ""), values.get("unreadable", False)
        if bool(says) is bool(unreadable):
            self.add_error("says", "Write what the plate says, or tick that it cannot be read")
            return values
        try:
            values["says"] = normalise(says) if says else ""
        except InvalidVrm as problem:
            self.add_error("says", str(problem).capitalize())
        return values


def check(request: HttpRequest) -> HttpResponse:
    """The plate to check; sent, what the checker says of it, and another is drawn."""
    checker = _checker(request)
    at = now()
    shown = checks.open_check(checker, at=at)
    if request.method == "POST" and (shown is None or "draw" in request.POST):
        return _draw(request, checker)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and shown is not None:
        if "pass" in request.POST:
            checks.pass_over(checker, shown, at=at)
            return _draw(request, checker)
        if form.is_valid():
            try:
                checks.answer(checker, shown, says=form.cleaned_data["says"], at=at)
            except ReadGoneError:
                checks.pass_over(checker, shown, at=at)
                messages.warning(request, "That read has left the store; nothing was kept of it.")
            return _draw(request, checker)
    context = {"form": form, "check": shown, "patch": _patch(checker, shown)}
    return render(request, "reads/check.html", context, status=422 if form.errors else 200)


def figures(request: HttpRequest) -> HttpResponse:
    """How often reads of the last four weeks were found right, by camera and model."""
    at = now()
    start = at - FIGURES_OF
    user = _user(request)
    with transaction.atomic():
        record_event(
            verb="check.figures",
            actor=AuditActor.person(user),
            at=at,
            payload={"period_from": start.isoformat(), "period_to": at.isoformat()},
            **origin_of(request),
        )
        found = tallies(start, at)
    by_line: dict[tuple[int, str], list[Tally]] = defaultdict(list)
    for one in found:
        by_line[one.camera_id, one.model].append(one)
    cameras = cameras_by_id({one.camera_id for one in found})
    lines = [
        (
            name_of(cameras[number], with_location=False) if number in cameras else "Not known",
            model or "Not known",
            accuracy_of(each),
        )
        for (number, model), each in sorted(by_line.items())
    ]
    context = {"lines": lines, "whole": accuracy_of(found), "start": start, "end": at}
    return render(request, "reads/accuracy.html", context)


def _draw(request: HttpRequest, checker: Checker) -> HttpResponse:
    drawn = checks.draw(checker, at=now())
    if isinstance(drawn, CheckRefused):
        for sentence in drawn.sentences:
            messages.error(request, sentence)
        return render(request, "reads/check.html", {"form": AnswerForm()}, status=403)
    if drawn is None:
        messages.warning(request, "There is no plate with a picture to check now.")
    return redirect("accuracy_check")


def _patch(checker: Checker, shown: Any) -> str:
    if shown is None:
        return ""
    link = ImageLink(
        account_id=checker.user.pk,
        sha256=bytes(shown.patch_hash).hex(),
        purpose=f"{checks.PURPOSE}:{shown.id}",
    )
    return image_url(link, at=now())


def _checker(request: HttpRequest) -> Checker:
    return Checker(user=_user(request), actor=require_actor(request), origin=origin_of(request))


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionError("this page was reached without an account")
    return request.user


CHECKING = frozenset({Role.ACCURACY_CHECKER})
FIGURING = CHECKING | {Role.CAMERA_MANAGER, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER}
