"""What every page of the room begins with: who looks, and whether they may."""

from django.http import HttpRequest, HttpResponse

from openanpr.access.decide import Decision
from openanpr.access.explain import explain
from openanpr.investigations.services.author import Author
from openanpr.oversight.months import Month, month_of, parse_month
from openanpr.oversight.services.reviewing import may_review
from openanpr.policy.queries import profile_in_force
from openanpr.web.clock import now
from openanpr.web.views.errors import refused
from openanpr.workflow import Refused

_AGAINST = {
    "other-person-required": "Another person must make this move.",
    "not-from-here": "It has moved on since this page was opened. Look at it again.",
    "own-transaction": "Nobody judges what they did themselves.",
    "asked-of-another": "It is for the person who was asked to answer.",
}


def refusal(request: HttpRequest, author: Author, person_id: str = "") -> HttpResponse | None:
    """The page of a refusal where the author may not judge what this person did."""
    decision = may_review(author, person_id, at=now())
    return None if decision.allowed else said(request, decision)


def said(request: HttpRequest, decision: Decision) -> HttpResponse:
    """A decision against it, in words."""
    sentences = explain(decision, profile=profile_in_force(at=now()))
    return refused(request, needed=frozenset(), reason=" ".join(sentences))


def not_moved(request: HttpRequest, against: Refused) -> HttpResponse:
    """The reasons against a move, in words."""
    words = [_AGAINST.get(one, one.replace("-", " ").capitalize() + ".") for one in against.reasons]
    return refused(request, needed=frozenset(), reason=" ".join(words))


def month_asked(request: HttpRequest) -> Month:
    """The month of the address, else the present one."""
    return parse_month(request.GET.get("month", "")) or month_of(now())
