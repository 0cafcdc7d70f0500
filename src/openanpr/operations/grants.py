"""The page of health asks when things were last done; it never sees what they were about."""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "outbox": {"openanpr_web": "SELECT (created_at, done_at)"},
    "backup_made": {"openanpr_web": "SELECT (made_at, removed_at)"},
    "deletion_certificate": {"openanpr_web": "SELECT (made_at)"},
}
