"""The web process takes and answers complaints; steps are never changed; a job removes old ones."""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "complaint": {
        "openanpr_web": "SELECT, INSERT, "
        "UPDATE (state, due_at, outcome, learning, closed_at, expires_at)",
        "openanpr_jobs": "SELECT (id, reference, force_id, state, due_at, answer_by, expires_at), "
        "DELETE",
    },
    "complaint_step": {
        "openanpr_web": "SELECT, INSERT",
        "openanpr_jobs": "SELECT (id, complaint_id), DELETE",
    },
    "complaint_link": {
        "openanpr_web": "SELECT, INSERT",
        "openanpr_jobs": "SELECT (id, complaint_id), DELETE",
    },
    "complaint_note": {
        "openanpr_web": "SELECT, INSERT, UPDATE (answer, answered_by_id, answered_at)",
        "openanpr_jobs": "SELECT (id, complaint_id, at, answered_at), DELETE",
    },
    "complaint_letter_text": {"openanpr_web": "SELECT, INSERT"},
}
