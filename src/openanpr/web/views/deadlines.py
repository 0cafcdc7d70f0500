"""What falls due for the person who is signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.web.clock import now
from openanpr.web.deadlines import AHEAD, SOON, deadlines_for
from openanpr.web.request import require_actor


def calendar(request: HttpRequest) -> HttpResponse:
    """What is overdue, then what comes, for the account itself and for the roles that it holds."""
    actor, at = require_actor(request), now()
    found = deadlines_for(actor, at=at)
    parts = (
        ("Overdue", [one for one in found if one.is_overdue(at=at)]),
        (
            f"Within {SOON.days} days",
            [one for one in found if one.is_soon(at=at) and not one.is_overdue(at=at)],
        ),
        (f"Within {AHEAD.days} days", [one for one in found if not one.is_soon(at=at)]),
    )
    mine = {one.key for one in found if one.is_for_account(actor)}
    return render(request, "web/deadlines.html", {"parts": parts, "mine": mine})
