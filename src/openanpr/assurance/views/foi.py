"""Counts for an answer under freedom of information."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.assurance.foi import lines
from openanpr.public.figures.reading import months as published_months


def counts(request: HttpRequest) -> HttpResponse:
    """The published figures of the months that are chosen, added up; as CSV where asked."""
    known = sorted(published_months())
    first, last = request.GET.get("from", ""), request.GET.get("to", "")
    chosen = [
        one
        for one in known
        if (not first or f"{one:%Y-%m}" >= first) and (not last or f"{one:%Y-%m}" <= last)
    ]
    found = lines(chosen) if chosen else []
    if request.GET.get("format") == "csv":
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="counts.csv"'
        rows = csv.writer(response)
        rows.writerow(["group", "figure", "count"])
        rows.writerows((one.group, one.title, one.text) for one in found)
        return response
    names = [f"{one:%Y-%m}" for one in known]
    context = {"months": names, "lines": found, "first": first, "last": last, "chosen": len(chosen)}
    return render(request, "assurance/foi.html", context)
