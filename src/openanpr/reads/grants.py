"""What each process may do with the store: ingest adds, a live search sees, nobody changes."""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    # On the parent table only: a partition by itself can be read by nobody.
    "reads": {
        "openanpr_ingest": "INSERT, SELECT (vrm, captured_at, camera_id)",
        "openanpr_search": "SELECT",
        # Row-level security leaves it the reads of the last hour.
        "openanpr_rematch": "SELECT (id, vrm, captured_at, camera_id, confidence, alternatives, "
        "direction, latitude, longitude, patch_hash, overview_hash, late)",
    },
    "reads_held": {"openanpr_search": "SELECT"},
    "vrm_seen": {"openanpr_ingest": "SELECT, INSERT, UPDATE"},
    "live_search": {
        # The role that searches can neither see nor make the rows that let it see.
        "openanpr_web": "SELECT, INSERT, UPDATE (expires_at)",
        "openanpr_worker": "SELECT, DELETE",
    },
    # Second readings are seen with their reads, inside a live search, and added by a function.
    "read_correction": {"openanpr_search": "SELECT"},
    "accuracy_check": {"openanpr_web": "SELECT, UPDATE (answered_at, passed_over)"},
    "read_image": {
        "openanpr_ingest": "SELECT, INSERT, UPDATE",
        "openanpr_web": "SELECT",
    },
}

FUNCTION_GRANTS: Final[dict[str, list[str]]] = {
    "ensure_partitions(timestamptz, timestamptz)": ["openanpr_ingest", "openanpr_worker"],
    "partition_weeks()": ["openanpr_ingest", "openanpr_worker"],
    "search_from()": ["openanpr_search"],
    "search_to()": ["openanpr_search"],
    "search_vrms()": ["openanpr_search"],
    "search_cameras()": ["openanpr_search"],
    "search_held()": ["openanpr_search"],
    "search_holds()": ["openanpr_search"],
    "hold_reads(uuid, text[], timestamptz[], integer[])": ["openanpr_web"],
    "held_days(uuid[])": ["openanpr_web"],
    "search_windows()": ["openanpr_search"],
    "correct_read(uuid, uuid, text, timestamptz, integer, text, text, text, text, text, real, "
    "text, timestamptz)": ["openanpr_web", "openanpr_jobs"],
    "corrected_reads(timestamptz, timestamptz)": ["openanpr_web"],
    "draw_check(uuid, integer, timestamptz, timestamptz)": ["openanpr_web"],
    "marks_seen(integer)": ["openanpr_search"],
}
