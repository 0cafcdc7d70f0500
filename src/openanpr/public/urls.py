"""Addresses for everybody."""

from typing import Final

from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page

from openanpr.public.views import consultations, figures, pages
from openanpr.web.permissions import Permission, path_for

ANYBODY: Final = Permission(public=True)
# Nothing on these pages is secret, so how well they pack tells nothing.
_PAGE: Final = gzip_page(pages.page)

urlpatterns = [
    path_for("", gzip_page(pages.index), name="public", permission=ANYBODY),
    path_for(
        "figures.json", gzip_page(figures.as_json), name="public_figures_json", permission=ANYBODY
    ),
    path_for(
        "figures.csv", gzip_page(figures.as_csv), name="public_figures_csv", permission=ANYBODY
    ),
    path_for(
        "consultations/",
        gzip_page(consultations.consultations),
        name="public_consultations",
        permission=ANYBODY,
    ),
    path_for(
        "consultations/<uuid:case_id>/",
        csrf_exempt(consultations.consultation),
        name="public_consultation",
        permission=Permission(public=True, methods=("GET", "POST")),
    ),
    path_for(
        "<slug:slug>/helpful/",
        # Nobody is signed in and no cookie is set, so there is no session that could be misused.
        csrf_exempt(pages.helpful),
        name="public_helpful",
        permission=Permission(public=True, methods=("POST",)),
    ),
    path_for("<slug:slug>/", _PAGE, name="public_page", permission=ANYBODY),
    path_for(
        "<slug:slug>/<slug:language>/",
        _PAGE,
        name="public_page_in",
        permission=ANYBODY,
    ),
]
