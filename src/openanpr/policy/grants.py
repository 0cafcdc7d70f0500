"""Profiles are read by every process that decides; a version is only ever added."""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "profile_version": {
        "openanpr_web": "SELECT, INSERT",
        "openanpr_ingest": "SELECT",
        "openanpr_live": "SELECT",
        "openanpr_worker": "SELECT",
        "openanpr_jobs": "SELECT",
    },
    "profile_proposal": {
        "openanpr_web": (
            "SELECT, INSERT, UPDATE (state, answered_by, answerer_name, answered_at, answer)"
        )
    },
}
