"""The process that sends sees the reads that it is sending, and no others.

At the centre it enters the cameras of other forces; ingest only takes in what they post.
"""

from typing import Final

_ROLE: Final = "openanpr_federation"

GRANTS: Final[dict[str, dict[str, str]]] = {
    # Row-level security shows it those of the parcel under way alone.
    "reads": {_ROLE: "SELECT"},
    "read_image": {_ROLE: "SELECT (received_sha256, stored_sha256)"},
    "device_credential": {_ROLE: "SELECT"},
    "force": {_ROLE: "SELECT"},
    "site": {_ROLE: "SELECT, INSERT, UPDATE"},
    "patrol_vehicle": {_ROLE: "SELECT, INSERT"},
    "camera": {_ROLE: "SELECT, INSERT, UPDATE"},
    "federation_uplink": {_ROLE: "SELECT, INSERT, UPDATE", "openanpr_web": "SELECT"},
    "federation_parcel": {_ROLE: "SELECT, INSERT, UPDATE, DELETE", "openanpr_web": "SELECT"},
    "federation_day": {_ROLE: "SELECT, INSERT, UPDATE", "openanpr_web": "SELECT"},
    "federation_picture": {_ROLE: "SELECT, INSERT, DELETE"},
    "federation_link": {
        _ROLE: "SELECT",
        "openanpr_ingest": "SELECT",
        "openanpr_web": "SELECT",
    },
    "federation_consignment": {
        "openanpr_ingest": "SELECT (link, batch_id), INSERT",
        "openanpr_web": "SELECT",
    },
    "federation_register": {
        _ROLE: "SELECT, UPDATE",
        "openanpr_ingest": "SELECT, INSERT, UPDATE",
    },
}

FUNCTION_GRANTS: Final[dict[str, list[str]]] = {
    "audit_append(jsonb)": [_ROLE],
    "federation_moments()": [_ROLE],
    "federation_cameras()": [_ROLE],
    "federation_queue_day(date)": [_ROLE],
    "federation_held(uuid, date)": ["openanpr_ingest"],
}
