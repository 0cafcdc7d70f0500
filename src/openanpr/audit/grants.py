"""Who may touch the audit: everybody appends through the function, the web process may read."""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "audit_event": {"openanpr_web": "SELECT"},
    "audit_head": {"openanpr_web": "SELECT", "openanpr_worker": "SELECT"},
    "audit_root": {"openanpr_web": "SELECT", "openanpr_worker": "SELECT, INSERT"},
}

FUNCTION_GRANTS: Final[dict[str, list[str]]] = {
    "audit_append(jsonb)": [
        "openanpr_web",
        "openanpr_ingest",
        "openanpr_live",
        "openanpr_worker",
        "openanpr_jobs",
        "openanpr_rematch",
    ],
}
