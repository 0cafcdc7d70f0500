"""What the web process may do with its record of searches."""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "search_run": {
        "openanpr_web": "SELECT, INSERT, "
        "UPDATE (result_sequence, rows, truncated, digest, shown_of)",
    },
    "search_saved": {"openanpr_web": "SELECT, INSERT, UPDATE (removed_at)"},
}
