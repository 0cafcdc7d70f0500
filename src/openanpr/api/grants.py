"""What the web process may do with tokens: nobody lengthens one or removes its record."""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "api_token": {"openanpr_web": "SELECT, INSERT, UPDATE (revoked_at, last_used_at)"},
}
