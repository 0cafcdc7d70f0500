"""What each process may do with exhibits. Nobody removes a record; its file and marks may go."""

from typing import Final

_MADE: Final = "state, made_at, pack_sha256, pack_bytes, content_sha256, problem"

GRANTS: Final[dict[str, dict[str, str]]] = {
    "exhibit": {
        "openanpr_web": "SELECT, INSERT, UPDATE",
        "openanpr_jobs": f"SELECT, UPDATE ({_MADE}, picks, vrms)",
    },
    "exhibit_event": {
        "openanpr_web": "SELECT, INSERT",
        "openanpr_jobs": "SELECT, INSERT",
    },
}
