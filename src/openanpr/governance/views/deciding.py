"""Signing the assessment off, releasing the place, deciding, printing."""

import uuid

from django.http import HttpRequest, HttpResponse

from openanpr.governance.dossier import dossier_of
from openanpr.governance.forms.acts import DecisionForm, ReleaseForm, SignOffForm
from openanpr.governance.services import deciding
from openanpr.governance.views.page import acted, known_case
from openanpr.governance.vocabulary import ReleaseLevel
from openanpr.investigations.views.author import author_of
from openanpr.papers import to_pdf
from openanpr.web.clock import now


def sign_off(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The data protection officer's word."""
    case = known_case(request, case_id)
    return acted(
        request,
        case,
        SignOffForm(request.POST or None),
        lambda values: deciding.sign_off(
            author=author_of(request),
            case_id=case.id,
            agrees=values["agrees"] == "yes",
            advice=values["advice"],
            at=now(),
        ),
        title="Advice on the privacy assessment",
        button="Save",
        done="The advice is kept with the case.",
        lead="It is about the place, the need and the privacy parts as they stand now. "
        "A later change of them takes the sign-off away.",
    )


def release(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """How much of the place named consultees are told."""
    case = known_case(request, case_id)
    return acted(
        request,
        case,
        ReleaseForm(request.POST or None),
        lambda values: deciding.release_place(
            author=author_of(request),
            case_id=case.id,
            level=ReleaseLevel(values["level"]),
            words=values["words"],
            reason=values["reason"],
            at=now(),
        ),
        title="What consultees are told of the place",
        button="Release",
        done="Personal pages show that from now on.",
        lead="The public is told the area and the purpose, whatever is chosen here.",
    )


def decide(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Approve, refuse, or send back."""
    case = known_case(request, case_id)
    return acted(
        request,
        case,
        DecisionForm(request.POST or None),
        lambda values: deciding.decide_case(
            author=author_of(request),
            case_id=case.id,
            answer=deciding.Answer(
                move=values["answer"],
                reason=values["reason"],
                conditions=values["conditions"],
                review_at=values["review_at"],
            ),
            at=now(),
        ),
        title="Decide the case",
        button="Decide",
        done="The decision is kept.",
    )


def dossier(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The whole case as a paper."""
    case = known_case(request, case_id)
    paper = dossier_of(case, author=author_of(request), at=now())
    return HttpResponse(
        to_pdf(paper),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{case.reference}.pdf"'},
    )
