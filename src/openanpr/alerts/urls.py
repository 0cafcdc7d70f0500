"""Addresses of the officers' pages."""

from openanpr.access.vocabulary import Role
from openanpr.alerts.views import alert, channels, figures, listing, responding
from openanpr.web.permissions import Permission, path_for

_READ = Permission(roles=frozenset({Role.ALERT_USER}))
_WRITE = Permission(roles=frozenset({Role.ALERT_USER}), methods=("POST",))
_FIGURES = Permission(roles=frozenset({Role.LIST_MANAGER}))
_CHANNELS = Permission(roles=frozenset({Role.SYSTEM_MANAGER}), methods=("GET", "HEAD", "POST"))
_CHANNELS_WRITE = Permission(roles=frozenset({Role.SYSTEM_MANAGER}), methods=("POST",))

urlpatterns = [
    path_for("", listing.alert_list, name="alerts", permission=_READ),
    path_for("car/", listing.alerts_in_car, name="alerts_car", permission=_READ),
    path_for("figures/", figures.figures_page, name="alert_figures", permission=_FIGURES),
    path_for("channels/", channels.index, name="alert_channels", permission=_CHANNELS),
    path_for(
        "channels/<uuid:channel_id>/switch/",
        channels.switch,
        name="alert_channel_switch",
        permission=_CHANNELS_WRITE,
    ),
    path_for(
        "channels/messages/<uuid:message_id>/again/",
        channels.again,
        name="alert_message_again",
        permission=_CHANNELS_WRITE,
    ),
    path_for("ticket", listing.ticket, name="alert_ticket", permission=_WRITE),
    path_for("<uuid:alert_id>/", alert.alert_page, name="alert", permission=_READ),
    path_for("rows/", listing.alert_rows, name="alert_rows", permission=_READ),
    path_for(
        "<uuid:alert_id>/pictures/",
        alert.alert_pictures,
        name="alert_pictures",
        permission=_READ,
    ),
    path_for(
        "<uuid:alert_id>/acknowledge/",
        responding.answer_acknowledge,
        name="alert_acknowledge",
        permission=_WRITE,
    ),
    path_for(
        "<uuid:alert_id>/assign/", responding.answer_assign, name="alert_assign", permission=_WRITE
    ),
    path_for("<uuid:alert_id>/check/", alert.answer_check, name="alert_check", permission=_WRITE),
    path_for(
        "<uuid:alert_id>/outcome/", alert.answer_outcome, name="alert_outcome", permission=_WRITE
    ),
]
