"""Addresses of one's own tokens."""

from openanpr.api.views import revoke, tokens
from openanpr.investigations.vocabulary import INVESTIGATING
from openanpr.web.permissions import Permission, path_for

urlpatterns = [
    path_for(
        "",
        tokens,
        name="api_tokens",
        permission=Permission(roles=INVESTIGATING, methods=("GET", "POST")),
    ),
    path_for(
        "<uuid:token_id>/revoke/",
        revoke,
        name="api_token_revoke",
        permission=Permission(roles=INVESTIGATING, methods=("POST",)),
    ),
]
