"""What falls due in the force, whoever must do it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.assurance.whose import holders, whose
from openanpr.web.clock import now
from openanpr.web.deadlines import all_deadlines
from openanpr.web.request import require_actor


def overview(request: HttpRequest) -> HttpResponse:
    """Everything overdue or due, with those whom it waits for; what is nobody's first."""
    actor, at = require_actor(request), now()
    due = [
        one
        for one in all_deadlines(at=at)
        if one.force in {"", actor.force}
        and not one.personal
        and (actor.covert_right or not one.covert)
    ]
    listed = whose(due, holders(at=at, force=actor.force))
    return render(
        request,
        "assurance/overview.html",
        {
            "at": at,
            "nobody": [one for one in listed if one.nobody],
            "listed": [one for one in listed if not one.nobody],
            "overdue": sum(one.deadline.is_overdue(at=at) for one in listed),
        },
    )
