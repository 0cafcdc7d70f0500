"""Addresses of the lists of vehicles of interest."""

from openanpr.access.vocabulary import Role
from openanpr.hotlists.views import entries, imports, lists
from openanpr.web.permissions import Permission, path_for

_ROLES = frozenset({Role.LIST_MANAGER})
_READ = Permission(roles=_ROLES)
_FORM = Permission(roles=_ROLES, methods=("GET", "POST"))
_POST = Permission(roles=_ROLES, methods=("POST",))

urlpatterns = [
    path_for("", lists.list_index, name="hotlists", permission=_READ),
    path_for("due/", lists.due, name="hotlists_due", permission=_READ),
    path_for("new/", lists.new_list, name="hotlist_new", permission=_FORM),
    path_for("<uuid:hotlist_id>/", lists.list_page, name="hotlist", permission=_READ),
    path_for("<uuid:hotlist_id>/review/", lists.review, name="hotlist_review", permission=_FORM),
    path_for(
        "<uuid:hotlist_id>/transfer/", lists.transfer, name="hotlist_transfer", permission=_FORM
    ),
    path_for("<uuid:hotlist_id>/cars/", lists.cars, name="hotlist_cars", permission=_FORM),
    path_for("<uuid:hotlist_id>/add/", entries.new_entry, name="entry_new", permission=_FORM),
    path_for("<uuid:hotlist_id>/import/", imports.upload, name="hotlist_import", permission=_FORM),
    path_for(
        "<uuid:hotlist_id>/import/<uuid:import_id>/",
        imports.one_import,
        name="hotlist_import_one",
        permission=_FORM,
    ),
    path_for(
        "<uuid:hotlist_id>/<uuid:entry_id>/withdraw/",
        entries.withdraw,
        name="entry_withdraw",
        permission=_FORM,
    ),
    path_for(
        "<uuid:hotlist_id>/<uuid:entry_id>/confirm/",
        entries.confirm,
        name="entry_confirm",
        permission=_POST,
    ),
]
