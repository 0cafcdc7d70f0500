"""The register of accounts, for system managers."""

from openanpr.access.appointments import APPOINTING
from openanpr.access.vocabulary import Role
from openanpr.accounts.views import appointing, joining, moving, register
from openanpr.web.permissions import Permission, path_for

_MANAGERS = frozenset({Role.SYSTEM_MANAGER})
_CHANGE = Permission(roles=_MANAGERS, methods=("GET", "POST"))

urlpatterns = [
    path_for(
        "proposals/",
        appointing.proposals,
        name="accounts_proposals",
        permission=Permission(roles=APPOINTING),
    ),
    path_for(
        "proposals/<uuid:proposal_id>/",
        appointing.proposal,
        name="accounts_proposal",
        permission=Permission(roles=APPOINTING, methods=("GET", "POST")),
    ),
    path_for("join/", joining.join, name="accounts_join", permission=_CHANGE),
    path_for("units/add/", joining.add_unit, name="accounts_add_unit", permission=_CHANGE),
    path_for("<int:user_id>/link/", joining.new_link, name="accounts_link", permission=_CHANGE),
    path_for("<int:user_id>/training/", joining.train, name="accounts_train", permission=_CHANGE),
    path_for("", register.accounts, name="accounts_list", permission=Permission(roles=_MANAGERS)),
    path_for(
        "<int:user_id>/",
        register.account,
        name="accounts_detail",
        permission=Permission(roles=_MANAGERS),
    ),
    path_for(
        "<int:user_id>/roles/",
        register.give,
        name="accounts_give_role",
        permission=_CHANGE,
    ),
    path_for(
        "roles/<int:held_id>/end/", register.end, name="accounts_end_role", permission=_CHANGE
    ),
    path_for(
        "training/<int:record_id>/lapse/",
        register.lapse,
        name="accounts_lapse_training",
        permission=_CHANGE,
    ),
    path_for(
        "<int:user_id>/identity/",
        register.link_identity,
        name="accounts_identity",
        permission=_CHANGE,
    ),
    path_for("<int:user_id>/move/", moving.move, name="accounts_move", permission=_CHANGE),
    path_for("<int:user_id>/close/", register.close, name="accounts_close", permission=_CHANGE),
    path_for(
        "<int:user_id>/second-factor/",
        register.reset_factor,
        name="accounts_reset_factor",
        permission=_CHANGE,
    ),
]
