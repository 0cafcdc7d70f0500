"""The list of cases, one case with its task list, and what its author does with it."""

import uuid
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.audit.services import record_event
from openanpr.cameras.queries import name_of
from openanpr.governance import queries
from openanpr.governance.forms.acts import (
    CamerasForm,
    EvidenceForm,
    NewCaseForm,
    ReasonForm,
    camera_choice,
)
from openanpr.governance.overlaps import neighbours
from openanpr.governance.presenters import case_line, grounds_of, tasks
from openanpr.governance.services import writing
from openanpr.governance.services.steps import DECIDING, SIGNING, WRITING, CaseRefusedError
from openanpr.governance.standing import before_deciding
from openanpr.governance.views.page import acted, known_case
from openanpr.governance.vocabulary import WRITABLE, CaseState
from openanpr.investigations.views.author import author_of
from openanpr.web.clock import now
from openanpr.web.request import require_actor

_SAVED_AS: Final = {"pdf": "pdf", "png": "png", "jpg": "jpg", "xlsx": "xlsx", "docx": "docx"}


def index(request: HttpRequest) -> HttpResponse:
    """Every case that the person may know of, the newest first."""
    actor = require_actor(request)
    lines = [case_line(case) for case in queries.cases_known_to(actor)]
    return render(
        request,
        "governance/index.html",
        {"cases": lines, "may_write": bool(actor.roles & WRITING)},
    )


def new(request: HttpRequest) -> HttpResponse:
    """Open a case."""
    form = NewCaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = writing.open_case(author=author_of(request), at=now(), **form.cleaned_data)
        except CaseRefusedError as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
        else:
            return redirect("camera_case", case_id=case.id)
    status = 422 if form.is_bound else 200
    return render(request, "governance/new.html", {"form": form}, status=status)


def detail(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """One case: its task list, evidence, cameras, sign-offs, replies, steps and decision."""
    actor, case, at = require_actor(request), known_case(request, case_id), now()
    standing, parts = queries.standing_of(case), queries.newest_parts(case)
    state = CaseState(case.state)
    cameras = case.cameras.select_related("site", "patrol_vehicle").order_by("id")
    return render(
        request,
        "governance/case.html",
        {
            "case": case,
            "line": case_line(case),
            "tasks": tasks(standing),
            "standing": standing,
            "open_points": before_deciding(standing, at=at),
            "cameras": [
                (camera.id, name_of(camera, with_location=actor.location_right), camera.area_name)
                for camera in cameras
            ],
            "grounds": grounds_of(parts),
            "evidence": case.evidence.filter(removed_at=None).defer("content"),
            "may_open_evidence": actor.location_right,
            "sign_offs": case.sign_offs.order_by("-id"),
            "steps": case.steps.order_by("-sequence"),
            "decision": case.decisions.order_by("-id").first(),
            "may_write": bool(actor.roles & WRITING) and state in WRITABLE,
            "may_sign": bool(actor.roles & SIGNING) and state in WRITABLE,
            "may_decide": bool(actor.roles & DECIDING) and state is CaseState.SUBMITTED,
            "may_release": bool(actor.roles & DECIDING)
            and state in WRITABLE | {CaseState.SUBMITTED},
        },
    )


def cameras(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Say which cameras of the register the case is for."""
    actor, case = require_actor(request), known_case(request, case_id)
    choices = [
        camera_choice(camera, name_of(camera, with_location=actor.location_right))
        for camera in queries.proposable_cameras(actor)
    ]
    named = [str(number) for number in case.cameras.values_list("id", flat=True)]
    data = request.POST if request.method == "POST" else None
    form = CamerasForm(data, choices=choices, initial={"cameras": named})
    return acted(
        request,
        case,
        form,
        lambda _: writing.name_cameras(
            author=author_of(request), case_id=case.id, camera_ids=form.camera_ids(), at=now()
        ),
        title="Cameras of this case",
        button="Save",
        done="The cameras are noted.",
        lead="Enter a new camera in the register first. Each collects only once this is approved.",
    )


def overlaps(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The cameras that are there already."""
    actor, case = require_actor(request), known_case(request, case_id)
    return render(
        request,
        "governance/overlaps.html",
        {
            "case": case,
            "neighbours": neighbours(case, actor=actor, at=now()),
            "with_location": actor.location_right,
        },
    )


def evidence(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Attach a file or a link."""
    case = known_case(request, case_id)
    posted = request.method == "POST"
    form = EvidenceForm(request.POST, request.FILES) if posted else EvidenceForm()

    def attach(values: dict[str, object]) -> None:
        common: dict[str, Any] = {"author": author_of(request), "case_id": case.id, "at": now()}
        title, file = str(values["title"]), form.cleaned_data["file"]
        if file is None:
            writing.attach_link(title=title, link=str(values["link"]), **common)
            return
        writing.attach_file(
            title=title, name=file.name, kind=form.file_kind, content=file.read(), **common
        )

    return acted(
        request, case, form, attach,
        title="Attach evidence", button="Attach", done="The evidence is attached.",
    )  # fmt: skip


def evidence_file(request: HttpRequest, case_id: uuid.UUID, evidence_id: uuid.UUID) -> HttpResponse:
    """Give a file out to be saved, never to be shown; it may name the place, so with that right."""
    case = known_case(request, case_id)
    if not require_actor(request).location_right:
        raise Http404
    row = case.evidence.filter(id=evidence_id, removed_at=None).exclude(content=None).first()
    if row is None or row.content is None:
        raise Http404
    author = author_of(request)
    record_event(
        verb="case.evidence-out",
        actor=author.acting(WRITING | SIGNING | DECIDING),
        at=now(),
        subject=f"camera-case:{case.id}",
        payload={"case": case.reference, "evidence": str(row.id)},
        **author.origin,
    )
    ending = _SAVED_AS.get(row.file_kind, "txt")
    return HttpResponse(
        bytes(row.content),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{case.reference}-{row.id}.{ending}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


def evidence_remove(
    request: HttpRequest, case_id: uuid.UUID, evidence_id: uuid.UUID
) -> HttpResponse:
    """Take an item away."""
    case = known_case(request, case_id)
    try:
        writing.remove_evidence(
            author=author_of(request), case_id=case.id, evidence_id=evidence_id, at=now()
        )
    except CaseRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The evidence is taken away.")
    return redirect("camera_case", case_id=case.id)


def submit(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Put the case before whoever decides it."""
    case = known_case(request, case_id)
    return acted(
        request,
        case,
        ReasonForm(request.POST or None),
        lambda values: writing.submit_case(
            author=author_of(request), case_id=case.id, reason=values["reason"], at=now()
        ),
        title="Submit for decision",
        button="Submit",
        done="The case awaits its decision.",
        lead="It cannot be changed from then on, unless it is sent back.",
    )


def give_up(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """End the case without a decision."""
    case = known_case(request, case_id)
    return acted(
        request,
        case,
        ReasonForm(request.POST or None),
        lambda values: writing.give_up_case(
            author=author_of(request), case_id=case.id, reason=values["reason"], at=now()
        ),
        title="Give the case up",
        button="Give up",
        done="The case is given up.",
    )
