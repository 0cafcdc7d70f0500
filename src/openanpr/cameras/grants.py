"""What each process may do with the register. Ingest may note signs of life, nothing else."""

from typing import Final

GRANTS: Final[dict[str, dict[str, str]]] = {
    "site": {
        "openanpr_web": "SELECT, INSERT, UPDATE",
        "openanpr_ingest": "SELECT",
        "openanpr_worker": "SELECT (id, sensitive)",
        "openanpr_rematch": "SELECT (id, latitude, longitude)",
        "openanpr_jobs": "SELECT (id, sensitive)",
    },
    "patrol_vehicle": {"openanpr_web": "SELECT, INSERT, UPDATE", "openanpr_ingest": "SELECT"},
    "camera_step": {"openanpr_web": "SELECT, INSERT", "openanpr_federation": "SELECT, INSERT"},
    "camera_authority": {
        "openanpr_web": "SELECT, INSERT",
        "openanpr_ingest": "SELECT",
        "openanpr_federation": "SELECT, INSERT",
        "openanpr_jobs": "SELECT, INSERT",
    },
    "camera_gap": {"openanpr_web": "SELECT, INSERT", "openanpr_ingest": "INSERT"},
    "camera": {
        "openanpr_web": "SELECT, INSERT, UPDATE",
        "openanpr_ingest": "SELECT, UPDATE (last_heard_at, clock_offset_ms, fault)",
        "openanpr_worker": "SELECT",
        "openanpr_rematch": "SELECT (id, name, area_name, site_id, patrol_vehicle_id)",
        "openanpr_jobs": "SELECT",
    },
}
