"""What each process may do with the records of assurance; reminding needs to know what is due."""

from typing import Final

_REMIND: Final = "openanpr_jobs"

GRANTS: Final[dict[str, dict[str, str]]] = {
    "deadline_reminder": {_REMIND: "SELECT, INSERT"},
    "incident": {"openanpr_web": "SELECT, INSERT, UPDATE (title)", _REMIND: "SELECT"},
    "incident_step": {"openanpr_web": "SELECT, INSERT", _REMIND: "SELECT"},
    "sharing_agreement": {
        "openanpr_web": "SELECT, INSERT, UPDATE (ended_at)",
        _REMIND: "SELECT",
    },
    "review_done": {"openanpr_web": "SELECT, INSERT", _REMIND: "SELECT"},
    "statement": {"openanpr_web": "SELECT, INSERT, UPDATE", _REMIND: "SELECT"},
    "account": {_REMIND: "SELECT (email)"},
    "alert_channel": {_REMIND: "SELECT"},
    "hold": {_REMIND: "SELECT (id, investigation_id, reference, owner_id, review_at, released_at)"},
    "investigation": {
        _REMIND: "SELECT (id, reference, force, officer_in_charge_id, state, opened_at, review_at)"
    },
    "authorisation_request": {
        _REMIND: "SELECT (id, investigation_id, requested_by_id, requested_at, state)"
    },
    "authorisation_grant": {
        _REMIND: "SELECT (id, request_id, investigation_id, expires_at, revoked_at)"
    },
    "profile_proposal": {_REMIND: "SELECT (id, label, takes_effect_at, proposed_by, state)"},
}
