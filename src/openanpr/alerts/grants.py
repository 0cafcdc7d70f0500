"""What each process may do with hits and alerts.

Ingest writes hits and never reads alerts; the dispatcher writes alerts; the live process reads them
and notes deliveries; pages record what officers did. Checks, outcomes and events are never changed.
"""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "hit": {
        # A stream or a reader's door that is taken over gives away no mark and no place.
        "openanpr_ingest": "SELECT (id), INSERT",
        "openanpr_rematch": "SELECT (id), INSERT",
        "openanpr_worker": "SELECT",
        "openanpr_web": "SELECT",
    },
    "outbox": {
        "openanpr_ingest": "INSERT",
        "openanpr_rematch": "INSERT",
        "openanpr_worker": "SELECT, UPDATE",
    },
    "alert": {
        "openanpr_worker": "SELECT, INSERT, UPDATE",
        "openanpr_live": (
            "SELECT (id, priority, late, force, last_captured_at, "
            "routed_units, routed_areas, covert)"
        ),
        "openanpr_web": "SELECT, UPDATE (state, seen_at, closed_at, answered_at)",
    },
    "alert_hit": {
        "openanpr_worker": "SELECT, INSERT",
        "openanpr_web": "SELECT",
    },
    "alert_event": {
        "openanpr_worker": "SELECT, INSERT",
        "openanpr_live": "SELECT",
        "openanpr_web": "SELECT, INSERT",
    },
    "alert_delivery": {
        "openanpr_live": "SELECT, INSERT",
        "openanpr_web": "SELECT, INSERT, UPDATE (seen_at)",
    },
    "alert_response": {"openanpr_web": "SELECT, INSERT"},
    "alert_channel": {
        "openanpr_web": "SELECT (id, name, kind, address, force, lowest_priority, reminders, "
        "active, made_by_id, made_at), INSERT, UPDATE (active)",
        "openanpr_worker": "SELECT",
    },
    "channel_message": {
        "openanpr_web": "SELECT, UPDATE (state, attempts, next_try_at)",
        "openanpr_worker": "SELECT, INSERT, UPDATE",
    },
    "alert_check": {"openanpr_web": "SELECT, INSERT"},
    "alert_outcome": {"openanpr_web": "SELECT, INSERT"},
    # What the dispatcher needs to know whom to tell, and the live process to know who is entitled
    # now (whose roles and training: the accounts say).
    "force": {"openanpr_worker": "SELECT", "openanpr_live": "SELECT"},
    "unit": {"openanpr_worker": "SELECT", "openanpr_live": "SELECT"},
    "role_held": {"openanpr_live": "SELECT"},
    "training_record": {"openanpr_live": "SELECT"},
    "profile_version": {"openanpr_live": "SELECT"},
}

FUNCTION_GRANTS: Final[dict[str, list[str]]] = {
    # Who could read the keys of sessions could go on in anybody's.
    "living_sessions(text[], timestamptz)": ["openanpr_live"],
}
