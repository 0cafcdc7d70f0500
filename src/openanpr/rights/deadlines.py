"""Replies that fall due, and requests that nobody has taken."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Final

from openanpr.access.vocabulary import Role
from openanpr.rights.queries import open_clocks, steps_of
from openanpr.rights.timing import request_clock
from openanpr.rights.vocabulary import HANDLING
from openanpr.web.dates import force_zone
from openanpr.web.deadlines import Asked, Deadline

UNTAKEN: Final = timedelta(days=3)
"""So long after it came a request that nobody has taken is overdue."""


def replies(asked: Asked) -> Iterable[Deadline]:
    """Replies to information requests: their officer's, or every rights officer's."""
    if asked.actor is not None and not asked.is_for(*HANDLING, Role.DATA_PROTECTION_OFFICER):
        return
    for request in open_clocks():
        officer = request.officer_id
        who = frozenset() if officer is None else frozenset({officer})
        due = request_clock(request, steps_of(request)).due
        end = (
            datetime.combine(due + timedelta(days=1), time.min, tzinfo=force_zone())
            if due is not None
            else None
        )
        if officer is None:
            untaken = request.recorded_at + UNTAKEN
            end = untaken if end is None else min(end, untaken)
        if end is None or end > asked.until:
            continue
        yield Deadline(
            key=f"request.reply:{request.id}",
            sentence=(
                f"Reply to the information request {request.reference}"
                if officer is not None
                else f"Take up the information request {request.reference}"
            ),
            consequence="The law sets the time; the person may complain to the Commissioner.",
            due_at=end,
            url_name="rights_request",
            url_kwargs={"request_id": request.id},
            accounts=who,
            roles=HANDLING if officer is None else frozenset(),
        )


DEADLINES: Final = (replies,)
