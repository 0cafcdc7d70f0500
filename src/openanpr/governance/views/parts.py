"""The parts of a case: written, left, taken up again, read."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.governance import queries
from openanpr.governance.forms.parts import PART_FORMS, typed
from openanpr.governance.overlaps import neighbours
from openanpr.governance.presenters import grounds_of, said
from openanpr.governance.services.steps import WRITING, CaseRefusedError
from openanpr.governance.services.writing import save_part
from openanpr.governance.standing import PARTS
from openanpr.governance.views.page import known_case
from openanpr.governance.vocabulary import WRITABLE
from openanpr.investigations.views.author import author_of
from openanpr.web.clock import now
from openanpr.web.request import require_actor


def part(request: HttpRequest, case_id: uuid.UUID, part: str) -> HttpResponse:
    """The form of a part; to those who do not write, what it says."""
    case = known_case(request, case_id)
    actor = require_actor(request)
    if part not in PARTS:
        raise Http404
    parts = queries.newest_parts(case)
    row = parts.get(part)
    shown = {
        "case": case,
        "part": part,
        "title": PARTS[part],
        "row": row,
        "grounds": grounds_of(parts) if part == "need" else [],
        "neighbours": neighbours(case, actor=actor, at=now()) if part == "overlap" else None,
        "with_location": actor.location_right,
    }
    if not actor.roles & WRITING or case.state not in WRITABLE:
        if request.method == "POST":
            raise Http404
        return render(request, "governance/said.html", {**shown, "said": said(part, row)})
    kind = PART_FORMS[part]
    if request.method != "POST":
        form = kind(initial=row.answers if row else None)
        return render(request, "governance/part.html", {**shown, "form": form})
    form = kind(request.POST)
    later = "later" in request.POST
    if later or form.is_valid():
        try:
            save_part(
                author=author_of(request),
                case_id=case.id,
                part=part,
                answers=typed(form),
                complete=form.is_valid(),
                at=now(),
            )
        except CaseRefusedError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Saved; go on with it when you like." if later else "Saved.")
        return redirect("camera_case", case_id=case.id)
    return render(request, "governance/part.html", {**shown, "form": form}, status=422)
