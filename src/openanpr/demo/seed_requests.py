"""Information requests that wait on the rights officer's desk."""

from datetime import datetime, timedelta
from typing import Final

from openanpr.rights.models import InformationRequest
from openanpr.rights.services.receiving import Asked, receive
from openanpr.rights.timing import day_of
from openanpr.rights.vocabulary import Channel, Kind
from openanpr.vrm.fictional import mark

# (days ago, what is asked)
_ASKED: Final = (
    (
        24,
        Asked(
            kind=Kind.ACCESS,
            full_name="Wren Oakley",
            contact="wren.oakley@example.org",
            words="I should like to know where my car was read in the last three months.",
            vrm=mark(),
        ),
    ),
    (
        3,
        Asked(
            kind=Kind.FOI,
            full_name="Harper Dale",
            contact="harper.dale@example.org",
            words="How many alerts were false last year, and what were the causes?",
        ),
    ),
)


def ensure_requests(*, at: datetime) -> int:
    """Put the requests in where there is none yet; how many there are."""
    if not InformationRequest.objects.exists():
        for days, asked in _ASKED:
            day = day_of(at - timedelta(days=days))
            receive(asked=asked, channel=Channel.WEB, received_on=day, author=None, at=at)
    return InformationRequest.objects.count()
