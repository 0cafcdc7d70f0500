"""Consultations on new cameras: those that are open, and the form to reply to one."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.governance.queries import OpenConsultation, open_consultation, open_consultations
from openanpr.governance.services.consulting import log_public_reply
from openanpr.postbox.forms import PublicForm
from openanpr.postbox.once import once
from openanpr.postbox.receiving import Came, arguments, come, form_page
from openanpr.public.forms_reply import ReplyForm
from openanpr.public.views.pages import public_page
from openanpr.web.clock import now


def consultations(request: HttpRequest) -> HttpResponse:
    """Those that take replies now, by area and purpose; never by place."""
    return public_page(
        request, "public/consultations.html", {"consultations": open_consultations(at=now())}
    )


def consultation(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """One of them, and the form to reply. One that is over, or never was, has the same answer."""
    at = now()
    found = open_consultation(case_id, at=at)
    if found is None:
        return public_page(request, "public/consultation_over.html", {}, status=404)
    form = ReplyForm(**arguments(request, purpose="consultation", at=at))
    came = come(request, form)
    if came is not Came.GOOD:
        return form_page(request, "public/consultation.html", form, came, consultation=found)
    reference = _logged(found, form)
    if reference is None:
        return public_page(request, "public/consultation_over.html", {}, status=404)
    shown = {"reference": reference, "consultation": found}
    return render(request, "public/reply_sent.html", shown, status=201)


def _logged(found: OpenConsultation, form: PublicForm) -> str | None:
    values = form.cleaned_data

    def log() -> str | None:
        return log_public_reply(
            case_id=found.id,
            who=values["who"],
            contact=values["contact"],
            words=values["words"],
            at=form.at,
        )

    return once(form.form_id, log, at=form.at)
