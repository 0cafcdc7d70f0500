"""Letting a held search through, or not: by an authorising officer who is not its searcher."""

from datetime import datetime

from django.db import transaction

from openanpr.access.decide import Decision, decide_release
from openanpr.access.vocabulary import Role
from openanpr.audit.services import record_event
from openanpr.investigations.services.author import Author
from openanpr.oversight.models import Release
from openanpr.policy.queries import profile_in_force
from openanpr.search.models import SearchRun


class AlreadyAnsweredError(Exception):
    """Somebody answered first."""


@transaction.atomic
def answer_held(
    *, author: Author, run: SearchRun, let_through: bool, reason: str, at: datetime
) -> Decision:
    """Answer a held search once. The decision says whether the author may; it is audited."""
    decision = decide_release(
        actor=author.actor,
        searcher_person_id=run.user.person_id,
        force=run.user.force.code,
        profile=profile_in_force(at=at),
        at=at,
    )
    if decision.allowed:
        _, made = Release.objects.get_or_create(
            run_id=run.id,
            defaults={
                "searcher_person": run.user.person_id,
                "decided_by": author.user,
                "decided_person": author.actor.person_id,
                "decided_at": at,
                "let_through": let_through,
                "reason": reason,
            },
        )
        if not made:
            raise AlreadyAnsweredError
    record_event(
        verb="search.release",
        actor=author.acting({Role.AUTHORISER}),
        at=at,
        subject=f"search:{run.id}",
        investigation=run.investigation.reference if run.investigation else "",
        reason=reason,
        decision="allow" if decision.allowed else "deny",
        reasons=list(decision.reasons),
        profile_version=decision.profile,
        payload={"answer": "let through" if let_through else "not let through"},
        **author.origin,
    )
    return decision
