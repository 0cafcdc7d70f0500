"""The figures: what the page draws, and the copies for machines."""

import csv
import json
from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from openanpr.public.figures import reading
from openanpr.public.figures.chart import Chart, bars

FRESH_S: Final = 3600
_FIELDS: Final = ("month", "figure", "title", "value", "fewer_than", "rounded_to", "low", "high")


def figures_part() -> Mapping[str, Any]:
    """What the figures' template shows."""
    months = reading.months()
    groups = reading.groups(months)
    return {"months": months, "groups": groups, "charts": [_chart(one) for one in groups]}


def as_json(_request: HttpRequest) -> HttpResponse:
    """Every figure as JSON."""
    body = json.dumps({"figures": list(reading.records(reading.months()))}, indent=1)
    return _file(body, "application/json")


def as_csv(_request: HttpRequest) -> HttpResponse:
    """Every figure as CSV (UTF-8, a heading line)."""
    response = _file("", "text/csv; charset=utf-8")
    writer = csv.DictWriter(response, _FIELDS)
    writer.writeheader()
    writer.writerows(reading.records(reading.months()))
    return response


def _chart(group: reading.Group) -> Chart:
    newest = [(title, values[0]) for title, values in group.rows if values and values[0]]
    return bars(group.title, [(title, one.value, one.text) for title, one in newest if one])


def _file(body: str, content_type: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response["Cache-Control"] = f"public, max-age={FRESH_S}"
    response["X-Robots-Tag"] = "all"
    return response
