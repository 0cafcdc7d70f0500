"""Addresses of the rights officers' desk, and of the question who saw a read."""

from typing import Final

from openanpr.rights.services.asking_who import ASKING
from openanpr.rights.views import desk, reads, reply, steps, viewers
from openanpr.rights.vocabulary import HANDLING
from openanpr.web.permissions import Permission, path_for

_SHOWN: Final = Permission(roles=HANDLING)
_FORM: Final = Permission(roles=HANDLING, methods=("GET", "POST"))
_SENT: Final = Permission(roles=HANDLING, methods=("POST",))

urlpatterns = [
    path_for("", desk.index, name="rights", permission=_SHOWN),
    path_for("new/", desk.new, name="rights_new", permission=_FORM),
    path_for("<uuid:request_id>/", desk.detail, name="rights_request", permission=_SHOWN),
    path_for("<uuid:request_id>/take/", desk.take, name="rights_take", permission=_SENT),
    path_for(
        "<uuid:request_id>/step/<slug:move>/", steps.step, name="rights_step", permission=_FORM
    ),
    path_for("<uuid:request_id>/keeper/", steps.keeper, name="rights_keeper", permission=_FORM),
    path_for(
        "<uuid:request_id>/keeper/<uuid:vehicle_id>/drop/",
        steps.drop,
        name="rights_keeper_drop",
        permission=_SENT,
    ),
    path_for("<uuid:request_id>/decide/", steps.decide, name="rights_decide", permission=_FORM),
    path_for("<uuid:request_id>/search/", reads.search, name="rights_search", permission=_SENT),
    path_for("<uuid:request_id>/reads/", reads.reads, name="rights_reads", permission=_FORM),
    path_for(
        "<uuid:request_id>/reads/<uuid:found_id>/picture/",
        reads.picture,
        name="rights_picture",
        permission=_FORM,
    ),
    path_for(
        "<uuid:request_id>/reads/<uuid:found_id>/leaving/<slug:part>/",
        reads.leaving,
        name="rights_leaving",
        permission=_SHOWN,
    ),
    path_for(
        "<uuid:request_id>/reads/<uuid:found_id>/viewers/",
        viewers.of_found,
        name="rights_viewers",
        permission=_SHOWN,
    ),
    path_for("<uuid:request_id>/reply/", reply.reply, name="rights_reply", permission=_FORM),
    path_for("<uuid:request_id>/link/", reply.renew, name="rights_link", permission=_SENT),
    path_for(
        "viewers/", viewers.by_reference, name="read_viewers", permission=Permission(roles=ASKING)
    ),
]
