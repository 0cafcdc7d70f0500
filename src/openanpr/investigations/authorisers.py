"""To whom a request for an authorisation may go."""

from datetime import datetime

from openanpr.access.decide import authority_needed
from openanpr.access.facts import Profile
from openanpr.access.vocabulary import NotBy, Rank, Role
from openanpr.accounts.models import User
from openanpr.accounts.queries import holders_of
from openanpr.investigations.models import AuthorisationRequest


def may_answer(asked: AuthorisationRequest, *, profile: Profile, at: datetime) -> list[User]:
    """The authorising officers of the force whose rank reaches the request, by name.

    A help for who waits: whether one of them may is decided when they answer.
    """
    needed = authority_needed(start=asked.period_from, end=asked.period_to, at=at, profile=profile)
    others = (
        holders_of(Role.AUTHORISER, at=at)
        .filter(force=asked.investigation.force)
        .exclude(person_id=asked.requested_by.person_id)
        .select_related("unit")
        .order_by("full_name")
    )
    own_unit_barred = NotBy.OWN_UNIT in profile.authorisation.not_by
    return [
        user
        for user in others
        if (needed is None or Rank(user.rank) >= needed)
        and not (own_unit_barred and user.unit.name == asked.requester_unit)
    ]
