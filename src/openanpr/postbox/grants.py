"""The web process counts what comes, and keeps and shows files; it removes old counts alone."""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "postbox_count": {"openanpr_web": "SELECT, INSERT, UPDATE, DELETE"},
    "postbox_file": {"openanpr_web": "SELECT, INSERT"},
}
