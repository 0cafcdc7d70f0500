"""Addresses of accuracy checks."""

from openanpr.reads.views.checks import CHECKING, FIGURING, check, figures
from openanpr.web.permissions import Permission, path_for

urlpatterns = [
    path_for(
        "",
        check,
        name="accuracy_check",
        permission=Permission(roles=CHECKING, methods=("GET", "POST")),
    ),
    path_for("figures/", figures, name="accuracy_figures", permission=Permission(roles=FIGURING)),
]
