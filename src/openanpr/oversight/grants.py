"""The web process notes the checks of the chain; nobody changes them."""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "chain_check": {"openanpr_web": "SELECT, INSERT"},
}
