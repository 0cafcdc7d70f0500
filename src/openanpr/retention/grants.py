"""Only the role of retention removes, and only through functions that refuse what is young."""

from typing import Final

_ROLE: Final = "openanpr_retention"

GRANTS: Final[dict[str, dict[str, str]]] = {
    "profile_version": {_ROLE: "SELECT"},
    "deletion_tally": {_ROLE: "SELECT, DELETE"},
    "deletion_certificate": {_ROLE: "SELECT, INSERT"},
    "backup_made": {_ROLE: "SELECT, INSERT, UPDATE (removed_at)"},
    "hotlist_snapshot": {_ROLE: "SELECT (version, path)"},
}

FUNCTION_GRANTS: Final[dict[str, list[str]]] = {
    "audit_append(jsonb)": [_ROLE],
    "retention_latest_edge()": [_ROLE],
    "retention_delete_reads(timestamptz, integer)": [_ROLE],
    "retention_delete(text, timestamptz, integer)": [_ROLE],
    "retention_expired_images(timestamptz, integer)": [_ROLE],
    "retention_delete_images(timestamptz, bytea[], uuid[])": [_ROLE],
    "retention_images_unknown(bytea[])": [_ROLE],
    "retention_move_alerts(timestamptz)": [_ROLE],
    "retention_drop_partition(timestamptz)": [_ROLE],
    "retention_held(timestamptz)": [_ROLE],
    "retention_count(text, timestamptz)": [_ROLE],
}
