"""Addresses of searches. A mark is never part of one."""

from openanpr.investigations.vocabulary import INVESTIGATING
from openanpr.search.analysis.views import analyse
from openanpr.search.views import asking, comparing, explaining, exports, rereading, saved
from openanpr.web.permissions import Permission, path_for

_POST = Permission(roles=INVESTIGATING, methods=("POST",))
_BOTH = Permission(roles=INVESTIGATING, methods=("GET", "POST"))

urlpatterns = [
    path_for("", asking.search, name="search", permission=_BOTH),
    path_for("by/<slug:kind>/", asking.search, name="search_kind", permission=_BOTH),
    path_for("analysis/<slug:kind>/", analyse, name="search_analysis", permission=_BOTH),
    path_for("read-again/", rereading.rereading, name="search_read_again", permission=_POST),
    path_for("compare/", comparing.comparing, name="search_compare", permission=_POST),
    path_for(
        "<uuid:run_id>/",
        asking.run,
        name="search_run",
        permission=Permission(roles=INVESTIGATING),
    ),
    path_for("<uuid:run_id>/explain/", explaining.explain, name="search_explain", permission=_POST),
    path_for("<uuid:run_id>/more/", asking.more, name="search_more", permission=_POST),
    path_for("<uuid:run_id>/export/", exports.export, name="search_export", permission=_BOTH),
    path_for("<uuid:run_id>/save/", saved.save, name="search_save", permission=_POST),
    path_for("saved/<uuid:saved_id>/", saved.again, name="search_again", permission=_POST),
    path_for("saved/<uuid:saved_id>/off/", saved.remove, name="search_unsave", permission=_POST),
]
