"""Pages for everybody. They know no person, set no cookie and ask the database for no read."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.governance.queries import open_consultations
from openanpr.policy.queries import profile_in_force
from openanpr.public import queries
from openanpr.public.markdown import to_html
from openanpr.public.pages import LANGUAGES, PAGES, Page
from openanpr.public.rules import public_rules
from openanpr.public.services.texts import count_answer
from openanpr.public.views.figures import figures_part
from openanpr.web.clock import now

FRESH_S: Final = 300
ANSWERS: Final = {"yes": True, "no": False}


def index(request: HttpRequest) -> HttpResponse:
    """The first page: what there is to read."""
    return public_page(request, "public/index.html", {"pages": list(PAGES.values())})


def page(request: HttpRequest, slug: str, language: str = "en") -> HttpResponse:
    """One page in one language. 404 where there is no such page or no such translation."""
    found = page_or_404(slug)
    text = queries.newest_text(found, language) if language in LANGUAGES else None
    if text is None:
        raise Http404
    return public_page(
        request,
        "public/text.html",
        {
            "page": found,
            "title": queries.title_of(found, language),
            "language": language,
            "languages": [
                (code, LANGUAGES[code]) for code in queries.languages_of(found) if code != language
            ],
            "body": to_html(text, {"force": queries.force_name()}),
            **generated_part(found),
        },
    )


def helpful(request: HttpRequest, slug: str) -> HttpResponse:
    """Count one answer, and thank for it."""
    found = page_or_404(slug)
    said = ANSWERS.get(request.POST.get("helpful", ""))
    if said is None:
        return public_page(request, "public/thanks.html", {"page": found}, status=400)
    count_answer(page=found, helpful=said, day=now().date())
    return public_page(request, "public/thanks.html", {"page": found, "counted": True})


def public_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page that may be kept by caches and found by search engines."""
    response = render(request, template, dict(context), status=status)
    if request.method in {"GET", "HEAD"} and status < 400:
        response["Cache-Control"] = f"public, max-age={FRESH_S}"
        response["X-Robots-Tag"] = "all"
    return response


def page_or_404(slug: str) -> Page:
    """The page of that name."""
    if slug not in PAGES:
        raise Http404
    return PAGES[slug]


def generated_part(found: Page) -> dict[str, Any]:
    """What the template of the generated part shows."""
    if not found.generated:
        return {}
    return {"generated": found.generated, **_PARTS[found.slug]()}


def _rules_part() -> Mapping[str, Any]:
    return {"rules": public_rules(profile_in_force(at=now()))}


def _consultations_part() -> Mapping[str, Any]:
    return {"consultations": open_consultations(at=now())}


_PARTS: Final[Mapping[str, Callable[[], Mapping[str, Any]]]] = {
    "who-may-look": _rules_part,
    "figures": figures_part,
    "new-cameras": _consultations_part,
}
