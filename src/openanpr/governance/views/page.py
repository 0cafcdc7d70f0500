"""What the pages of a case have in common."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.governance import queries
from openanpr.governance.models import CameraCase
from openanpr.governance.services.steps import CaseRefusedError
from openanpr.web.request import require_actor


def known_case(request: HttpRequest, case_id: uuid.UUID) -> CameraCase:
    """A case that the person may know of; for everybody else there is no such page."""
    case = queries.case_for(require_actor(request), case_id)
    if case is None:
        raise Http404
    return case


def acted(
    request: HttpRequest,
    case: CameraCase,
    form: Form,
    do: Callable[[dict[str, Any]], object],
    *,
    title: str,
    button: str,
    done: str,
    lead: str = "",
    back_to: str = "camera_case",
) -> HttpResponse:
    """A page with one form: shown, refused with the reasons, or done and back to the case."""
    if form.is_bound and form.is_valid():
        try:
            do(form.cleaned_data)
        except CaseRefusedError as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
        else:
            messages.success(request, done)
            return redirect(back_to, case_id=case.id)
    return render(
        request,
        "governance/act.html",
        {"case": case, "form": form, "title": title, "button": button, "lead": lead},
        status=422 if form.is_bound else 200,
    )
