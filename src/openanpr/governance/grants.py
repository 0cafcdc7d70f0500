"""The pages alone work on cases. What is added and never changed can be nothing else."""

from typing import Final

_ADDED: Final = {"openanpr_web": "SELECT, INSERT"}

GRANTS: Final[dict[str, dict[str, str]]] = {
    "camera_case": {
        "openanpr_web": "SELECT, INSERT, UPDATE",
        "openanpr_jobs": "SELECT (id, reference, force, state, state_changed_at, consults_until)",
    },
    "case_camera": {
        "openanpr_web": "SELECT, INSERT, DELETE",
        "openanpr_jobs": "SELECT (case_id, camera_id)",
    },
    "case_step": _ADDED,
    "case_part": _ADDED,
    "case_evidence": {"openanpr_web": "SELECT, INSERT, UPDATE (removed_at, removed_by, content)"},
    "case_sign_off": _ADDED,
    "case_release": _ADDED,
    "case_consultee": _ADDED,
    "consultation_reply": _ADDED,
    "case_decision": _ADDED,
}
