"""Nothing is deleted: a place that limited a search stays to be read about."""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "sensitive_place": {
        "openanpr_web": "SELECT, INSERT, UPDATE (confirmed_by, confirmer_name, confirmed_at, "
        "end_proposed_by, end_reason, end_proposed_at, ended_by, ended_at)",
        "openanpr_jobs": "SELECT",
    },
}
