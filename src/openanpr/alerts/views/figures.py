"""What came of the hits of one's lists, for the people who keep them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.alerts.figures import PERIOD, list_figures, worst_entries
from openanpr.alerts.services.listing import record_figures
from openanpr.alerts.views.requests import requester
from openanpr.alerts.vocabulary import OUTCOME_NAMES
from openanpr.web.clock import now
from openanpr.web.request import require_actor


def figures_page(request: HttpRequest) -> HttpResponse:
    """Each list with its outcomes, and the entries to look at first."""
    at = now()
    actor = require_actor(request)
    figures = list_figures(force=actor.force, covert=actor.covert_right, at=at)
    worst = worst_entries(force=actor.force, covert=actor.covert_right, at=at)
    record_figures(lists=len(figures), days=PERIOD.days, by=requester(request), at=at)
    context = {
        "figures": figures,
        "worst": worst,
        "days": PERIOD.days,
        "outcome_names": OUTCOME_NAMES,
    }
    return render(request, "alerts/figures.html", context)
