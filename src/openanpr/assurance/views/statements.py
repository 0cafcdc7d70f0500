"""Self-assessment, record of processing and impact assessment: versions, and signing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.assurance.author import Refused, author_of
from openanpr.assurance.forms import StatementForm
from openanpr.assurance.models import Statement
from openanpr.assurance.services import statements as services
from openanpr.assurance.statements import StatementKind, live_figures, newest, statement_kinds
from openanpr.assurance.vocabulary import OVERSEEING
from openanpr.web.clock import now
from openanpr.web.request import require_actor


def index(request: HttpRequest) -> HttpResponse:
    """The three statements: what is signed, and what is being written."""
    force = require_actor(request).force
    listed = [
        (
            kind,
            newest(kind.name, force=force, signed=True),
            newest(kind.name, force=force, signed=False),
        )
        for kind in statement_kinds().values()
    ]
    return render(request, "assurance/statements.html", {"statements": listed, "at": now()})


def statement(request: HttpRequest, kind: str) -> HttpResponse:
    """One statement: its signed versions, live figures, and the draft of the next."""
    about = _kind(kind)
    force, at = require_actor(request).force, now()
    draft, signed = (newest(kind, force=force, signed=one) for one in (False, True))
    begun = draft or signed
    form = StatementForm(
        request.POST if request.method == "POST" else None,
        kind=about,
        initial=begun.answers if begun else {},
    )
    if request.method == "POST" and form.is_valid():
        services.write_statement(
            kind=kind, answers=form.cleaned_data, by=author_of(request, OVERSEEING), at=at
        )
        messages.success(request, "The draft is kept. Another person signs it.")
        return redirect("assurance_statement", kind=kind)
    return render(
        request,
        "assurance/statement.html",
        {
            "kind": about,
            "draft": draft,
            "versions": Statement.objects.filter(kind=kind, force=force, signed_at__isnull=False),
            "figures": live_figures(force=force, at=at),
            "form": form,
        },
    )


def sign(request: HttpRequest, kind: str) -> HttpResponse:
    """Sign the draft as the second person."""
    _kind(kind)
    done = services.sign_statement(kind=kind, by=author_of(request, OVERSEEING), at=now())
    if isinstance(done, Refused):
        messages.error(request, done.reason)
    else:
        messages.success(request, f"Version {done.version} is signed.")
    return redirect("assurance_statement", kind=kind)


def _kind(name: str) -> StatementKind:
    found = statement_kinds().get(name)
    if found is None:
        raise Http404
    return found
