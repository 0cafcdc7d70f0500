"""Addresses of the force's rules."""

from openanpr.policy.views import changes, rules
from openanpr.policy.vocabulary import CHANGING
from openanpr.web.permissions import Permission, path_for

_READING = Permission(signed_in=True)
_CHANGE = Permission(roles=CHANGING, methods=("GET", "POST"))

urlpatterns = [
    path_for("", rules.rules, name="policy_rules", permission=_READING),
    path_for(
        "versions/<uuid:version_id>/", rules.version, name="policy_version", permission=_READING
    ),
    path_for("propose/", changes.propose, name="policy_propose", permission=_CHANGE),
    path_for(
        "proposals/<uuid:proposal_id>/",
        changes.proposal,
        name="policy_proposal",
        permission=_CHANGE,
    ),
]
