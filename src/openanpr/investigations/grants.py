"""What the web process may do with investigations. Nothing is deleted; a grant can be revoked."""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "investigation": {
        "openanpr_web": (
            "SELECT, INSERT, UPDATE (state, closed_by_id, closed_at, "
            "vrms, camera_areas, period_from, period_to, review_at)"
        )
    },
    "investigation_review": {"openanpr_web": "SELECT, INSERT"},
    "investigation_member": {"openanpr_web": "SELECT, INSERT, UPDATE (removed_at)"},
    "subject": {"openanpr_web": "SELECT, INSERT, UPDATE (removed_at)"},
    "subject_vehicle": {
        "openanpr_web": "SELECT, INSERT, UPDATE (ended_at, ended_by_id, end_reason)"
    },
    "hold": {
        "openanpr_web": (
            "SELECT, INSERT, UPDATE (review_at, released_by_id, released_at, release_reason)"
        )
    },
    "hold_review": {"openanpr_web": "SELECT, INSERT"},
    "authorisation_request": {
        "openanpr_web": (
            "SELECT, INSERT, UPDATE (state, decided_by_id, decided_at, decision_reason)"
        )
    },
    "authorisation_grant": {"openanpr_web": "SELECT, INSERT, UPDATE (revoked_at)"},
}
