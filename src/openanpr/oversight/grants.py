"""The web process keeps what auditors do; steps, reviews and samples are never changed."""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "chain_check": {"openanpr_web": "SELECT, INSERT"},
    "oversight_sample": {"openanpr_web": "SELECT, INSERT"},
    "oversight_pick": {"openanpr_web": "SELECT, INSERT"},
    "oversight_review": {"openanpr_web": "SELECT, INSERT"},
    # Whoever is reminded of what is due: the process that does jobs looks.
    "oversight_question": {
        "openanpr_web": "SELECT, INSERT, UPDATE (state, due_at)",
        "openanpr_jobs": "SELECT (id, state, due_at, asked_of_id, asked_person)",
    },
    "oversight_finding": {
        "openanpr_web": "SELECT, INSERT, UPDATE (state, due_at)",
        "openanpr_jobs": "SELECT (id, state, due_at, owner_id, subject_person)",
    },
    "oversight_step": {"openanpr_web": "SELECT, INSERT"},
    "search_release": {"openanpr_web": "SELECT, INSERT"},
    "monthly_report": {"openanpr_web": "SELECT, INSERT"},
    "person_vehicle": {"openanpr_web": "SELECT, INSERT, DELETE"},
}
