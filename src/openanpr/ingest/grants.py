"""Ingest writes its own account of its work; the pages may show it. Quarantine is shown to none."""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "ingest_batch": {
        "openanpr_ingest": "SELECT (device, batch_id, replays), INSERT, UPDATE (replays)",
        "openanpr_web": "SELECT",
        "openanpr_worker": "SELECT",
        "openanpr_jobs": "SELECT",
    },
    "reader_receipt": {"openanpr_jobs": "SELECT, INSERT, UPDATE"},
    "reader_gap": {
        "openanpr_jobs": "SELECT, INSERT, UPDATE",
        "openanpr_ingest": "SELECT",
        "openanpr_web": "SELECT",
    },
    "ingest_audit_owed": {"openanpr_ingest": "INSERT", "openanpr_jobs": "SELECT, DELETE"},
    "ingest_problem": {"openanpr_ingest": "INSERT", "openanpr_web": "SELECT"},
    "ingest_quarantine": {"openanpr_ingest": "SELECT (device, read_id), INSERT"},
    # Only inserted into, and read by the process that carries them up.
    "ingest_onward": {"openanpr_ingest": "INSERT", "openanpr_federation": "SELECT, DELETE"},
    "ingest_counter": {
        "openanpr_ingest": "SELECT, INSERT, UPDATE",
        "openanpr_web": "SELECT",
        "openanpr_worker": "SELECT",
    },
}
