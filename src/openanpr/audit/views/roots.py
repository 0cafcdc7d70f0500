"""The signed roots as a page to print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.audit.root_paper import as_paper, grouped
from openanpr.audit.root_store import newest_roots
from openanpr.papers import to_pdf
from openanpr.web.clock import now
from openanpr.web.dates import local
from openanpr.web.person import Person

SHOWN = 24


def roots(request: HttpRequest) -> HttpResponse:
    """The newest roots with hash and signature in groups that can be read out."""
    found = newest_roots(SHOWN)
    rows = [(root, grouped(root.hash), grouped(root.signature), root.holds()) for root in found]
    keys = sorted({grouped(root.public_key) for root in found})
    return render(request, "audit/roots.html", {"rows": rows, "keys": keys})


def roots_pdf(request: HttpRequest) -> HttpResponse:
    """The same as a paper to keep where nobody who runs the system can change it."""
    found = newest_roots(SHOWN)
    pdf = to_pdf(as_paper(found, force=_force(request), at=local(now())))
    response = HttpResponse(pdf, content_type="application/pdf")
    last = found[0].sequence if found else 0
    response["Content-Disposition"] = f'attachment; filename="audit-roots-to-{last}.pdf"'
    return response


def _force(request: HttpRequest) -> str:
    person: Person | None = getattr(request, "person", None)
    return person.force_name if person is not None else ""
