"""The consultation on a case: opened, people asked, replies logged."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from openanpr.governance import queries
from openanpr.governance.forms.acts import ConsulteeForm, OpenConsultationForm, ReplyForm
from openanpr.governance.services import consulting
from openanpr.governance.services.steps import WRITING, CaseRefusedError
from openanpr.governance.standing import before_consulting
from openanpr.governance.views.page import acted, known_case
from openanpr.governance.vocabulary import (
    CHANNEL_NAMES,
    RELEASE_NAMES,
    WRITABLE,
    CaseState,
    Channel,
    ReleaseLevel,
)
from openanpr.investigations.views.author import author_of
from openanpr.web.clock import now
from openanpr.web.request import require_actor


def consultation(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Who was asked, what they were told, what they said."""
    case = known_case(request, case_id)
    release = queries.newest_release(case)
    replies = [
        (CHANNEL_NAMES[Channel(row.channel)], row) for row in case.replies.order_by("received_at")
    ]
    return render(
        request,
        "governance/consultation.html",
        {
            "case": case,
            "consulting": case.state == CaseState.CONSULTING,
            "draft": case.state == CaseState.DRAFT,
            "open_points": before_consulting(queries.standing_of(case)),
            "consultees": case.consultees.order_by("at"),
            "replies": replies,
            "release": release,
            "release_name": RELEASE_NAMES[
                ReleaseLevel(release.level) if release else ReleaseLevel.AREA
            ],
            "may_write": bool(require_actor(request).roles & WRITING) and case.state in WRITABLE,
        },
    )


def open_consultation(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Put the case before the public until a day."""
    case = known_case(request, case_id)
    return acted(
        request,
        case,
        OpenConsultationForm(request.POST or None, at=now()),
        lambda values: consulting.open_consultation(
            author=author_of(request),
            case_id=case.id,
            until=values["until"],
            reason=values["reason"],
            at=now(),
        ),
        title="Open the consultation",
        button="Open",
        done="The consultation is open.",
        lead="The public pages show its area, purpose and summary from now on, and take replies.",
        back_to="camera_case_consultation",
    )


def consultee(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Note somebody who is asked; the link of a personal page is shown this once."""
    case = known_case(request, case_id)
    form = ConsulteeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            _, token = consulting.add_consultee(
                author=author_of(request),
                case_id=case.id,
                who=values["who"],
                organisation=values["organisation"],
                interest=values["interest"],
                how=values["how"],
                with_link=values["link"],
                at=now(),
            )
        except CaseRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            link = request.build_absolute_uri(reverse("consultee_page", args=[token]))
            shown = {"case": case, "who": values["who"], "link": link if token else ""}
            return render(request, "governance/asked.html", shown)
    status = 422 if form.is_bound else 200
    shown = {
        "case": case,
        "form": form,
        "title": "Somebody who is asked",
        "button": "Save",
        "lead": "",
    }
    return render(request, "governance/act.html", shown, status=status)


def reply(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Log a reply that came by another way than a page."""
    case = known_case(request, case_id)
    return acted(
        request,
        case,
        ReplyForm(request.POST or None),
        lambda values: consulting.enter_reply(
            author=author_of(request),
            case_id=case.id,
            channel=Channel(values["channel"]),
            who=values["who"],
            words=values["words"],
            at=now(),
        ),
        title="Log a reply",
        button="Save",
        done="The reply is logged.",
        back_to="camera_case_consultation",
    )
