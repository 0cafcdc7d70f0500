"""The auditor's pages: what was done, by whom and why; never the reads themselves."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.access.decide import decide_audit_view
from openanpr.access.explain import explain
from openanpr.audit.models import AuditEvent
from openanpr.investigations.services.author import Author
from openanpr.investigations.views.author import author_of
from openanpr.oversight import presenters, queries, services
from openanpr.oversight.forms import FilterForm
from openanpr.policy.queries import profile_in_force
from openanpr.web.clock import now
from openanpr.web.views.errors import refused

NOBODY = ""
"""The person of a row about somebody else: it is never the id of an actor."""


def index(request: HttpRequest) -> HttpResponse:
    """The list, newest first, with filters."""
    author = author_of(request)
    if refusal := _refusal(request, author, NOBODY):
        return refusal
    form = FilterForm(request.GET)
    filters = form.cleaned_data if form.is_valid() else {}
    page = list(queries.events(filters)[: queries.PAGE + 1]) if form.is_valid() else []
    shown = page[: queries.PAGE]
    services.record_look(
        author=author,
        filters=[name for name, value in filters.items() if value and name != "before"],
        rows=len(shown),
        at=now(),
    )
    return render(
        request,
        "oversight/index.html",
        {
            "form": form,
            "lines": [presenters.event_line(event) for event in shown],
            "older": _older(request, shown) if len(page) > queries.PAGE else "",
            "newest": "before" not in request.GET,
            "check": queries.latest_check(),
            "filtered": [
                f"{form.fields[name].label or name}: {value}"
                for name, value in filters.items()
                if value and name != "before"
            ],
        },
        status=200 if form.is_valid() else 422,
    )


def detail(request: HttpRequest, sequence: int) -> HttpResponse:
    """One row with every field, its reasons in words and its place in the chain."""
    author = author_of(request)
    event = AuditEvent.objects.filter(sequence=sequence).first()
    if event is None or event.verb.startswith(queries.KEPT_FROM_AUDITORS):
        raise Http404
    if refusal := _refusal(request, author, event.actor_person):
        return refusal
    if event.verb != queries.LOOKING:
        services.record_look(author=author, filters=[f"row {sequence}"], rows=1, at=now())
    related = AuditEvent.objects.filter(subject=event.subject).exclude(sequence=sequence)
    return render(
        request,
        "oversight/detail.html",
        {
            "event": event,
            "line": presenters.event_line(event),
            "reasons": presenters.reasons_in_words(event),
            "facts": presenters.payload_facts(event),
            "related": [presenters.event_line(one) for one in related[:20]]
            if event.subject
            else [],
            "hash": bytes(event.hash).hex(),
            "previous_hash": bytes(event.previous_hash).hex(),
        },
    )


def check(request: HttpRequest) -> HttpResponse:
    """Check the chain now, and show the outcome on the list."""
    author = author_of(request)
    if refusal := _refusal(request, author, NOBODY):
        return refusal
    services.check_chain(author=author, whole=request.POST.get("whole") == "yes", at=now())
    return redirect("audit")


def _refusal(request: HttpRequest, author: Author, person_id: str) -> HttpResponse | None:
    at = now()
    profile = profile_in_force(at=at)
    decision = decide_audit_view(
        actor=author.actor,
        record_person_id=person_id,
        shows_reads=False,
        profile=profile,
        at=at,
    )
    if decision.allowed:
        return None
    return refused(request, needed=frozenset(), reason=" ".join(explain(decision, profile=profile)))


def _older(request: HttpRequest, shown: list[AuditEvent]) -> str:
    """The query of the next page."""
    query = request.GET.copy()
    query["before"] = str(shown[-1].sequence)
    return query.urlencode()
