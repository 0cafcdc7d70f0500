"""Whether the pictures of a search's reads may still be seen."""

import uuid
from datetime import datetime

from openanpr.access.bands import RESOLUTION
from openanpr.access.decide import decide_search
from openanpr.accounts.models import User
from openanpr.accounts.queries import actor_of
from openanpr.investigations.queries import facts_of, grants_of
from openanpr.policy.queries import profile_in_force
from openanpr.reads.links import ImageLink
from openanpr.search import queries

PURPOSE = "search"


def may_see(link: ImageLink, user: User, at: datetime) -> bool:
    """Whether this person's own search would find the read and show its pictures at ``at``."""
    run_id = uuid.UUID(link.purpose.partition(":")[2])
    run = queries.run_of(person_id=user.person_id, run_id=run_id)
    if run is None or run.investigation is None or link.captured_at is None:
        return False
    question = queries.question_asked(run).over(link.captured_at, link.captured_at + RESOLUTION)
    decision = decide_search(
        actor=actor_of(user, at=at),
        query=question.as_query(),
        investigation=facts_of(run.investigation),
        grants=grants_of(run.investigation),
        profile=profile_in_force(at=at),
        at=at,
    )
    return decision.scope is not None and decision.scope.show_images
