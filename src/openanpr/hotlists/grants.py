"""What each process may do with the lists. Nobody deletes; entries are withdrawn and keep their
history. Only the rows of an import that wait for its answer go when it is given.
"""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "hotlist": {
        "openanpr_web": "SELECT, INSERT, UPDATE",
        "openanpr_worker": "SELECT",
        "openanpr_jobs": "SELECT, UPDATE (revision, refreshed_at)",
    },
    # What an entry says never changes: a hit takes it from here, as it stood.
    "hotlist_entry": {
        "openanpr_web": "SELECT, INSERT, UPDATE (state, confirmed_at, confirmed_by_id, "
        "withdrawn_at, withdrawn_by_id, withdrawn_reason)",
        "openanpr_worker": "SELECT",
        "openanpr_jobs": "SELECT, INSERT, "
        "UPDATE (state, withdrawn_at, withdrawn_by_id, withdrawn_reason)",
    },
    "hotlist_import": {
        "openanpr_web": "SELECT, INSERT, UPDATE",
        "openanpr_jobs": "SELECT, UPDATE",
    },
    "hotlist_import_row": {
        "openanpr_web": "SELECT, DELETE",
        "openanpr_jobs": "SELECT, INSERT, DELETE",
    },
    # Nobody but the pages of professional standards and the tripwire itself knows of these.
    "protected_mark": {
        "openanpr_web": "SELECT, INSERT, UPDATE (ended_at, vrm, canonical)",
        "openanpr_worker": "SELECT (id, canonical, ended_at, ends_at)",
        "openanpr_jobs": "SELECT (id, ended_at, ends_at), UPDATE (ended_at, vrm, canonical)",
    },
    "tripwire_trip": {
        "openanpr_web": "SELECT, INSERT, UPDATE (seen_at, seen_by_id, note)",
        "openanpr_worker": "INSERT",
        "openanpr_jobs": "SELECT (id, kind, protected_id, at, seen_at, audit_sequence), "
        "UPDATE (audit_sequence)",
    },
    "hotlist_snapshot": {
        "openanpr_web": "SELECT",
        "openanpr_worker": "SELECT, INSERT",
        "openanpr_ingest": "SELECT",
        "openanpr_rematch": "SELECT (version, path)",
    },
}

FUNCTION_GRANTS: Final[dict[str, list[str]]] = {
    "hotlist_for_cars(timestamptz)": ["openanpr_ingest"],
    "hotlist_entry_copy(uuid)": ["openanpr_ingest", "openanpr_rematch"],
}
