"""Addresses for everybody."""

from typing import Final

from django.views.decorators.csrf import csrf_exempt

from openanpr.public.views import figures, pages
from openanpr.web.permissions import Permission, path_for

ANYBODY: Final = Permission(public=True)

urlpatterns = [
    path_for("", pages.index, name="public", permission=ANYBODY),
    path_for("figures.json", figures.as_json, name="public_figures_json", permission=ANYBODY),
    path_for("figures.csv", figures.as_csv, name="public_figures_csv", permission=ANYBODY),
    path_for(
        "<slug:slug>/helpful/",
        # Nobody is signed in and no cookie is set, so there is no session that could be misused.
        csrf_exempt(pages.helpful),
        name="public_helpful",
        permission=Permission(public=True, methods=("POST",)),
    ),
    path_for("<slug:slug>/", pages.page, name="public_page", permission=ANYBODY),
    path_for(
        "<slug:slug>/<slug:language>/",
        pages.page,
        name="public_page_in",
        permission=ANYBODY,
    ),
]
