"""The web process counts what comes, and keeps and shows files; a job removes them in time."""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "postbox_count": {"openanpr_web": "SELECT, INSERT, UPDATE, DELETE"},
    "postbox_sent": {"openanpr_web": "SELECT, INSERT, UPDATE, DELETE"},
    "postbox_file": {
        "openanpr_web": "SELECT, INSERT, UPDATE (expires_at)",
        "openanpr_jobs": "SELECT (id, expires_at), DELETE",
    },
}
