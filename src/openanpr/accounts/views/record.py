"""What the audit holds of one's own actions."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.access.decide import decide_audit_view
from openanpr.accounts.models import User
from openanpr.accounts.sign_in import write
from openanpr.audit.events import sentence
from openanpr.audit.models import AuditEvent
from openanpr.audit.services import AuditActor
from openanpr.policy.queries import profile_in_force
from openanpr.web.clock import now
from openanpr.web.request import require_actor
from openanpr.web.views.errors import refused

PAGE: Final = 50
LOOKING: Final = "record.view"


def own_record(request: HttpRequest) -> HttpResponse:
    """One's own rows, newest first, from every account that one has; never anybody else's."""
    actor, at = require_actor(request), now()
    decision = decide_audit_view(
        actor=actor,
        record_person_id=actor.person_id,
        shows_reads=False,
        profile=profile_in_force(at=at),
        at=at,
    )
    if not decision.allowed:
        return refused(request, needed=frozenset())
    found = AuditEvent.objects.filter(actor_kind="person", actor_person=actor.person_id)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        found = found.filter(sequence__lt=int(before))
    rows = list(found.exclude(verb=LOOKING).order_by("-sequence")[: PAGE + 1])
    _look(request)
    shown = rows[:PAGE]
    return render(
        request,
        "accounts/record.html",
        {
            "rows": [(one, sentence(one)) for one in shown],
            "older": shown[-1].sequence if len(rows) > PAGE else None,
        },
    )


def _look(request: HttpRequest) -> None:
    assert isinstance(request.user, User), "the middleware lets nobody else through"  # noqa: S101
    write(request, LOOKING, AuditActor.person(request.user))
