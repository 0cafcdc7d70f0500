"""Which process may do what with accounts; libraries' tables of the sign-in are named here too."""

from typing import Final

_KEPT_BY_SIGN_IN: Final = {"openanpr_web": "SELECT, INSERT, UPDATE, DELETE"}

# Everything but the password's hash and the mail address.
_STANDING: Final = (
    "SELECT (id, username, person_id, full_name, force_id, unit_id, rank, location_right, "
    "covert_right, vetted, vetting_expires_at, posting_ends_at, is_active, theme, created_at, "
    "last_login)"
)

# Never who the person is, nor the user name: four eyes and the audit count by them.
_KEPT_UP: Final = (
    "UPDATE (password, last_login, full_name, email, force_id, unit_id, rank, location_right, "
    "covert_right, vetted, vetting_expires_at, posting_ends_at, is_active, theme)"
)

GRANTS: Final[dict[str, dict[str, str]]] = {
    "account": {
        "openanpr_web": f"SELECT, INSERT, {_KEPT_UP}",
        "openanpr_live": _STANDING,
        "openanpr_worker": _STANDING,
        "openanpr_jobs": _STANDING,
    },
    "role_held": {
        "openanpr_web": "SELECT, INSERT, UPDATE (valid_to)",
        "openanpr_live": "SELECT",
        "openanpr_worker": "SELECT",
        "openanpr_jobs": "SELECT",
    },
    "training_record": {
        "openanpr_web": "SELECT, INSERT, UPDATE (expires_at)",
        "openanpr_live": "SELECT",
        "openanpr_worker": "SELECT",
        "openanpr_jobs": "SELECT",
    },
    "account_proposal": {
        "openanpr_web": (
            "SELECT, INSERT, UPDATE (state, answered_by, answerer_name, answered_at, answer)"
        ),
        # What the reminders of what falls due need.
        "openanpr_jobs": "SELECT (id, user_id, state, proposed_at, proposed_by)",
    },
    "linked_identity": {"openanpr_web": "SELECT, INSERT, UPDATE (ended_at)"},
    "enrolment": {"openanpr_web": "SELECT, INSERT, UPDATE (ended_at)"},
    "used_code": {"openanpr_web": "SELECT, INSERT, DELETE"},
    "device_credential": {
        "openanpr_web": "SELECT, INSERT, UPDATE (state, revoked_at)",
        "openanpr_ingest": "SELECT",
    },
    "usersessions_usersession": _KEPT_BY_SIGN_IN,
    "axes_accessattempt": _KEPT_BY_SIGN_IN,
    "axes_accessattemptexpiration": _KEPT_BY_SIGN_IN,
    "axes_accesslog": _KEPT_BY_SIGN_IN,
    "axes_accessfailurelog": _KEPT_BY_SIGN_IN,
}
