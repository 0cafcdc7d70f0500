"""Addresses of the officers' pages."""

from openanpr.access.vocabulary import Role
from openanpr.alerts.views import alert, listing
from openanpr.web.permissions import Permission, path_for

_READ = Permission(roles=frozenset({Role.ALERT_USER}))
_WRITE = Permission(roles=frozenset({Role.ALERT_USER}), methods=("POST",))

urlpatterns = [
    path_for("", listing.alert_list, name="alerts", permission=_READ),
    path_for("ticket", listing.ticket, name="alert_ticket", permission=_WRITE),
    path_for("<uuid:alert_id>/", alert.alert_page, name="alert", permission=_READ),
    path_for("<uuid:alert_id>/row/", listing.alert_row, name="alert_row", permission=_READ),
    path_for(
        "<uuid:alert_id>/pictures/",
        alert.alert_pictures,
        name="alert_pictures",
        permission=_READ,
    ),
    path_for("<uuid:alert_id>/check/", alert.answer_check, name="alert_check", permission=_WRITE),
    path_for(
        "<uuid:alert_id>/outcome/", alert.answer_outcome, name="alert_outcome", permission=_WRITE
    ),
]
