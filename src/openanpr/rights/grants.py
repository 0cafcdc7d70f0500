"""What the web process may do with information requests. No step is ever changed."""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "information_request": {
        "openanpr_web": (
            "SELECT, INSERT, UPDATE (state, identified_on, extended, outcome, closed_at, "
            "officer_id)"
        ),
        # Reminders count what is due; who asks and what for is not their business.
        "openanpr_jobs": (
            "SELECT (id, reference, kind, state, received_on, recorded_at, identified_on, "
            "extended, officer_id)"
        ),
    },
    "information_request_step": {
        "openanpr_web": "SELECT, INSERT",
        "openanpr_jobs": 'SELECT (id, request_id, sequence, move, "on")',
    },
    "information_request_vehicle": {"openanpr_web": "SELECT, INSERT, UPDATE (removed_at)"},
    "information_request_search": {
        "openanpr_web": "SELECT, INSERT, UPDATE (result_sequence, rows, truncated, digest)"
    },
    "information_request_read": {
        "openanpr_web": (
            "SELECT, INSERT, UPDATE (withheld, withheld_reason, picture, picture_by_id)"
        )
    },
    "information_request_reply": {
        "openanpr_web": "SELECT, INSERT, UPDATE (content, fetched_at, token_hash, expires_at)"
    },
}
