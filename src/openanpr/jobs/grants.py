"""Pages ask and look; the process of the jobs takes, ends and clears away."""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "job": {
        "openanpr_web": "SELECT, INSERT",
        "openanpr_worker": "SELECT (id), INSERT",
        "openanpr_jobs": "SELECT, INSERT, UPDATE, DELETE",
    },
}
