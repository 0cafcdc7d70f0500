"""Who may read which tables of this app; the web process adds units, the owner adds forces."""

from typing import Final

_READ: Final = {
    "openanpr_web": "SELECT",
    "openanpr_ingest": "SELECT",
    "openanpr_live": "SELECT",
    "openanpr_worker": "SELECT",
    "openanpr_jobs": "SELECT",
}

GRANTS: Final[dict[str, dict[str, str]]] = {
    "force": _READ,
    "unit": {**_READ, "openanpr_web": "SELECT, INSERT"},
}
